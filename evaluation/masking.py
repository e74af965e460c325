"""Measures what masking finds of personal data, on texts written for it (synthetic).

A span is found when every letter and figure of it is masked; what is masked is right when it
touches a span. The texts are parted in two halves: the rules are tuned on one of them only.
"""

import zlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import sqrt
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from assistant.mask import Found, find
from evaluation.bootstrap import Estimate
from evaluation.json_lines import read_json_lines

Finder = Callable[[str], Sequence[Found]]
# What each kind of the set is called, and as what the assistant masks it.
KINDS = {
    "name": ("nom", "nom"),
    "nir": ("numéro de sécurité sociale", "numéro de sécurité sociale"),
    "phone": ("téléphone", "numéro de téléphone"),
    "mail": ("adresse mail", "adresse mail"),
    "address": ("adresse postale", "adresse"),
    "birth_date": ("date de naissance", "date de naissance"),
    "iban": ("IBAN", "IBAN"),
    "france_travail": ("identifiant France Travail", "identifiant France Travail"),
    "imilo": ("numéro de dossier I-Milo", "numéro de dossier"),
}
_Z = 1.959964


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Span(_Strict):
    """Where personal data of a kind (see ``KINDS``) begin and end."""

    start: int
    end: int
    kind: str


class LabelledText(_Strict):
    """A text as an adviser types it, and the personal data it holds."""

    id: str
    text: str
    spans: tuple[Span, ...]

    @property
    def is_development(self) -> bool:
        """Whether the rules may be tuned on this text."""
        return zlib.crc32(self.text.encode()) % 2 == 0


@dataclass(frozen=True, slots=True)
class Share:
    """How many of ``total`` hold."""

    held: int
    total: int

    @property
    def interval(self) -> Estimate:
        """The share with its 95 % interval (Wilson, 1927)."""
        if not self.total:
            return Estimate(0.0, 0.0, 1.0)
        share, extra = self.held / self.total, _Z**2 / self.total
        middle = (share + extra / 2) / (1 + extra)
        half = _Z / (1 + extra) * sqrt((share * (1 - share) + extra / 4) / self.total)
        return Estimate(share, max(0.0, middle - half), min(1.0, middle + half))


@dataclass(frozen=True, slots=True)
class MaskingReport:
    """What was found of each kind, what was rightly masked as it, and what went wrong.

    ``missed`` and ``false_alarms`` hold the text and the words, ``clean`` the share of the texts
    without personal data that stay as they are.
    """

    texts: int
    found: dict[str, Share]
    right: dict[str, Share]
    clean: Share
    missed: tuple[tuple[str, str, str], ...]
    false_alarms: tuple[tuple[str, str, str], ...]


def read_labelled(path: Path) -> list[LabelledText]:
    """Read a set of labelled texts, one JSON object a line.

    Raises:
        BadQuestionSet: the file cannot be read, or a line is malformed.
    """
    return read_json_lines(
        path,
        LabelledText,
        expected="« id », « text » et « spans », les données personnelles du texte"
        " (« start », « end » et « kind »)",
    )


def measure_masking(texts: Sequence[LabelledText], *, finder: Finder = find) -> MaskingReport:
    """Compare what ``finder`` masks with what each text holds."""
    found: Counter[str] = Counter()
    right: Counter[str] = Counter()
    masked: Counter[str] = Counter()
    missed: list[tuple[str, str, str]] = []
    alarms: list[tuple[str, str, str]] = []
    clean = [text for text in texts if not text.spans]
    untouched = 0
    for text in texts:
        finds = finder(text.text)
        untouched += not text.spans and not finds
        for span in text.spans:
            if _is_covered(text.text, span, finds):
                found[span.kind] += 1
            else:
                missed.append((span.kind, text.text[span.start : span.end], text.text))
        for each in finds:
            masked[each.kind] += 1
            if any(each.start < span.end and span.start < each.end for span in text.spans):
                right[each.kind] += 1
            else:
                alarms.append((each.kind, text.text[each.start : each.end], text.text))
    held = Counter(span.kind for text in texts for span in text.spans)
    return MaskingReport(
        texts=len(texts),
        found={kind: Share(found[kind], held[kind]) for kind in KINDS},
        right={kind: Share(right[said], masked[said]) for kind, (_, said) in KINDS.items()},
        clean=Share(untouched, len(clean)),
        missed=tuple(missed),
        false_alarms=tuple(alarms),
    )


def as_markdown(development: MaskingReport, test: MaskingReport) -> str:
    """Return the reports on both halves as a Markdown table, in French."""
    head = [
        "| ce qui est cherché | trouvé, mise au point | trouvé, contrôle | juste, contrôle |",
        "|---|---|---|---|",
    ]
    rows = [
        f"| {label} | {_say(development.found[kind])} | {_say(test.found[kind])}"
        f" | {_say(test.right[kind])} |"
        for kind, (label, _) in KINDS.items()
    ]
    total = (
        f"| **ensemble** | {_say(_sum(development.found))} | {_say(_sum(test.found))}"
        f" | {_say(_sum(test.right))} |"
    )
    counts = (
        f"{development.texts} textes de mise au point, {test.texts} de contrôle ; sans donnée"
        f" personnelle et laissés tels quels : {_say(development.clean)} et {_say(test.clean)}."
    )
    errors = [
        f"- {verb} : « {words} » ({said})"
        for verb, listed in (
            ("manqué", [(KINDS[kind][0], words) for kind, words, _ in development.missed]),
            ("masqué à tort", [(kind, words) for kind, words, _ in development.false_alarms]),
        )
        for said, words in listed
    ]
    listed = ["", "Erreurs de la moitié de mise au point :", "", *errors] if errors else []
    return "\n".join([*head, *rows, total, "", counts, *listed])


def _is_covered(text: str, span: Span, finds: Sequence[Found]) -> bool:
    """Tell whether every letter and figure of a span is masked."""
    return all(
        any(each.start <= place < each.end for each in finds)
        for place in range(span.start, span.end)
        if text[place].isalnum()
    )


def _sum(shares: dict[str, Share]) -> Share:
    return Share(
        sum(share.held for share in shares.values()), sum(share.total for share in shares.values())
    )


def _say(share: Share) -> str:
    if not share.total:
        return "—"
    interval = share.interval
    bounds = f"[{100 * interval.low:.0f} ; {100 * interval.high:.0f}]"
    return f"{share.held}/{share.total} = {100 * interval.value:.0f} % {bounds}"
