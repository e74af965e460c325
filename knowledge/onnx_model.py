"""Opens the models that come with Appui, with ONNX Runtime."""

import json
import os
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from knowledge.errors import ModelUnavailable

if TYPE_CHECKING:
    from onnxruntime import InferenceSession


# Numbers of fields in onnx.proto: ModelProto.graph, GraphProto.output, ValueInfoProto.name.
_GRAPH, _OUTPUT, _NAME = 7, 12, 1


def read_manifest(file: Path) -> dict[str, Any]:
    """Return what a model says of itself, once its files are there and whole.

    Raises:
        ModelUnavailable: a file is missing or cut; the message says what to do.
    """
    try:
        manifest: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        whole = all(
            (file.parent / name).stat().st_size == each["bytes"]
            for name, each in manifest["files"].items()
        )
    except (OSError, ValueError) as error:
        raise ModelUnavailable(_incomplete(file.parent)) from error
    if not whole:
        raise ModelUnavailable(_incomplete(file.parent))
    return manifest


def write_manifest(file: Path, *, family: str, files: Sequence[str], **told: object) -> None:
    """Write what a model says of itself beside its files, which are there; see ``read_manifest``.

    Args:
        file: to write.
        family: the model's name, before what identifies its content.
        files: the names of its files.
        told: what else it says.
    """
    contents = {name: (file.parent / name).read_bytes() for name in files}
    digest = sha256(b"".join(contents.values())).hexdigest()
    manifest = {
        "name": f"{family}-{digest[:12]}",
        **told,
        "files": {
            name: {"bytes": len(content), "sha256": sha256(content).hexdigest()}
            for name, content in contents.items()
        },
    }
    file.write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")


def open_session(file: Path, *, also: str = "") -> "InferenceSession":
    """Return a session of one thread: texts are run one a call, as many calls as there are cores.

    Activations are quantised with one scale a call, so a batch would mix its texts; and this is the
    fastest way measured, since nothing is padded.

    Args:
        file: the graph.
        also: a tensor inside the graph that becomes an output, after those that it has.
    """
    from onnxruntime import GraphOptimizationLevel, InferenceSession, SessionOptions

    options = SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    # The graph is written with fused operators: there is nothing left to optimise.
    options.graph_optimization_level = GraphOptimizationLevel.ORT_DISABLE_ALL
    graph = file.read_bytes() + _output(also) if also else str(file)
    return InferenceSession(graph, options, providers=["CPUExecutionProvider"])


def _output(name: str) -> bytes:
    """Return what gives a graph one output more, when it is put behind the bytes of its file.

    Messages of protocol buffers that follow one another are merged, their lists joined
    (https://protobuf.dev/programming-guides/encoding/#last-one-wins): this is a ModelProto that
    holds nothing but ``graph.output.name``.
    """
    said = name.encode()
    for field in (_NAME, _OUTPUT, _GRAPH):
        said = bytes([field << 3 | 2, len(said)]) + said
    return said


def cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _incomplete(folder: Path) -> str:
    return (
        f"Un modèle de recherche fourni avec Appui est absent ou incomplet ({folder}). "
        "Réinstallez Appui, ou rétablissez ce dossier avec « git checkout »."
    )
