"""Says what each part of the search brings, as Markdown tables."""

from collections.abc import Mapping

from evaluation.ablation import Effect
from evaluation.bootstrap import Estimate

NAME = "ablation"


def as_markdown(effects: Mapping[str, Mapping[str, Effect]], *, asked: Mapping[str, int]) -> str:
    """Return one table a set.

    Args:
        effects: by set, then by variant.
        asked: the number of questions of each set.
    """
    return "\n\n".join(_table(name, found, asked[name]) for name, found in effects.items())


def _table(name: str, effects: Mapping[str, Effect], asked: int) -> str:
    lines = [
        f"### `{name}`, {asked} questions",
        "",
        "| search | hit@1 | hit@5 | hit@10 | change of hit@1 | change of hit@5 |",
        "|---|---|---|---|---|---|",
    ]
    for variant, effect in effects.items():
        figures = " | ".join(_figure(each) for each in effect.figures.values())
        changes = [_change(effect.differences.get(each)) for each in ("hit@1", "hit@5")]
        lines.append(f"| {variant} | {figures} | {' | '.join(changes)} |")
    return "\n".join(lines)


def _figure(estimate: Estimate) -> str:
    return f"{estimate.value:.3f} [{estimate.low:.3f} ; {estimate.high:.3f}]"


def _change(estimate: Estimate | None) -> str:
    if estimate is None:
        return ""
    shown = f"{estimate.value:+.3f} [{estimate.low:+.3f} ; {estimate.high:+.3f}]"
    return f"**{shown}**" if estimate.low > 0 or estimate.high < 0 else shown
