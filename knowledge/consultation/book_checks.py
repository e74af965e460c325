"""What stops the build of a livre blanc, each with its sentence and its remedy."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from knowledge.consultation.book import (
    Claim,
    Count,
    Evidence,
    Extract,
    Manuscript,
    Mask,
    Quotation,
    counts,
)  # fmt: skip
from knowledge.consultation.book_quantities import Ground, unsupported
from knowledge.consultation.matrix import STATES

_SPOKEN = re.compile(r"«\s*([^«»]*?)\s*»")
_CUT = re.compile(r"\s*\[(?:…|\.\.\.)\]\s*")
# Signs that a word processor changes, of the same length.
_SIGNS = str.maketrans("\u00a0\u202f\u2009’‘‑", "   ''-")
_SILENCES = re.compile(r"non (?P<state>évoqué|abordé)", re.IGNORECASE)
_SHOWN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What stops the build; ``line`` is of the source, None where no line is at fault."""

    rule: str
    reason: str
    remedy: str
    sentence: str = ""
    line: int | None = None

    def __str__(self) -> str:
        place = f"Ligne {self.line} : " if self.line else ""
        said = f"« {self.sentence} » : " if self.sentence else ""
        return f"{place}{said}{self.reason} {self.remedy}"


def problems(
    manuscript: Manuscript, evidence: Evidence, *, mask: Mask, final: bool
) -> list[Problem]:
    """Return all that stops the build, in the order of the source.

    Args:
        manuscript: what was written.
        evidence: the extracts.
        mask: takes personal data out of a text.
        final: whether people must have decided on every remark and every isolated idea.
    """
    found = [
        Problem(rule="forme", line=line, sentence=_short(said),
                reason="cette ligne n'est ni un titre, ni une phrase, ni une citation.",
                remedy="Écrivez-la en phrases, avec leurs marques, ou enlevez-la.")
        for line, said in manuscript.strays
    ]  # fmt: skip
    for item in (*manuscript.claims, *manuscript.quotations):
        found += _wrong_marks(item, evidence)
        found += _personal(item.text, item.line, mask)
    for title in manuscript.items:
        if hasattr(title, "level"):
            found += _personal(title.text, title.line, mask)
    for claim in manuscript.claims:
        found += _wrong_words(claim, evidence)
    for quotation in manuscript.quotations:
        found += _wrong_quotation(quotation, evidence)
    found.sort(key=lambda each: each.line or 0)
    found += _changed_sources(manuscript, evidence)
    found += _unused(manuscript, evidence)
    found += _undecided(evidence) if final else ()
    return found


def place_in(extract: Extract, words: str) -> tuple[int, int] | None:
    """Return where words stand in an extract, whatever their spaces and apostrophes."""
    sought = " ".join(words.translate(_SIGNS).split())
    start = extract.words.translate(_SIGNS).find(sought)
    return (start, start + len(sought)) if sought and start >= 0 else None


def pieces_of(text: str) -> list[str]:
    """Return the runs of words of a quotation, cut where « […] » leaves some out."""
    return [piece for piece in _CUT.split(text) if piece.strip()]


def _wrong_marks(item: Claim | Quotation, evidence: Evidence) -> Iterator[Problem]:
    if not item.marks:
        yield _at(
            item, rule="sans extrait", reason="aucun extrait ne la prouve.",
            remedy="Ajoutez la marque d'un extrait, [^…], ou enlevez-la.",
        )  # fmt: skip
    for mark in item.marks:
        if mark in evidence.set_aside:
            why = evidence.set_aside[mark].reason or "sans motif"
            yield _at(
                item, rule="extrait écarté",
                reason=f"l'extrait {mark} a été écarté ({why}).",
                remedy="Enlevez sa marque, ou reprenez l'extrait.",
            )  # fmt: skip
        elif mark not in evidence.by_mark:
            yield _at(
                item, rule="extrait inconnu",
                reason=f"aucun extrait ne porte la marque {mark}.",
                remedy="Reprenez la marque de l'annexe : le compte rendu a pu changer.",
            )  # fmt: skip


def _at(item: Claim | Quotation, *, rule: str, reason: str, remedy: str) -> Problem:
    return Problem(
        rule=rule, line=item.line, sentence=_short(item.text), reason=reason, remedy=remedy
    )


def _personal(text: str, line: int, mask: Mask) -> Iterator[Problem]:
    if mask(text) != text:
        yield Problem(
            rule="donnée personnelle", line=line, sentence=_short(mask(text)),
            reason="un nom, un numéro ou une adresse y reste.",
            remedy="Écrivez la fonction de la personne, jamais ce qui la désigne.",
        )  # fmt: skip


def _wrong_words(claim: Claim, evidence: Evidence) -> Iterator[Problem]:
    """Yield what a sentence says that its extracts do not."""
    cited = evidence.cited(claim.marks)
    if not cited:
        return
    ages = {each.note.is_of_young_people for each in cited}
    if len(ages) > 1:
        yield _at(
            claim, rule="jeunes et professionnels",
            reason="elle additionne la parole des jeunes et celle des professionnels.",
            remedy="Faites-en deux phrases.",
        )  # fmt: skip
    ground = ground_of(cited, evidence, young=ages == {True})
    for wrong in unsupported(claim.text, ground):
        yield _at(
            claim, rule="quantité", remedy=wrong.remedy,
            reason=f"« {wrong.words} » : {wrong.reason}.",
        )  # fmt: skip
    for region, reason in _wrong_regions(claim.text, cited, ground.said, evidence):
        yield _at(
            claim, rule="région", reason=reason,
            remedy=f"Citez un extrait de {region}, ou enlevez-la.",
        )  # fmt: skip
    for spoken in _SPOKEN.findall(claim.text):
        if not any(_holds(each, spoken) for each in cited):
            yield _at(
                claim, rule="citation",
                reason=f"« {_short(spoken)} » n'est dans aucun extrait cité.",
                remedy="Reprenez les mots exacts de l'extrait, ou enlevez les guillemets.",
            )  # fmt: skip


def ground_of(cited: Sequence[Extract], evidence: Evidence, *, young: bool) -> Ground:
    """Return what a sentence that cites these extracts may count."""
    opposed = {theme for theme, *_ in evidence.matrix.contradictions}
    themes = {each.coded.theme for each in cited}
    return Ground(
        extracts=cited,
        said=counts(cited),
        held=evidence.held(young=young),
        is_contradicted=bool(themes & opposed),
    )


def _wrong_regions(
    text: str, cited: Sequence[Extract], said: Count, evidence: Evidence
) -> Iterator[tuple[str, str]]:
    """Yield the regions that a sentence names and in which it was not said."""
    plain = _SPOKEN.sub(" ", text).translate(_SIGNS)
    for region in evidence.matrix.regions:
        place = re.search(rf"(?<!\w){re.escape(region.translate(_SIGNS))}(?!\w)", plain)
        if place is None or region in said.regions:
            continue
        silences = [match["state"].lower() for match in _SILENCES.finditer(plain[: place.start()])]
        states = {STATES[evidence.matrix.cell(each.coded.theme, region)] for each in cited}
        if not silences:
            yield region, f"aucun extrait cité ne vient de {region}."
        elif states != {f"non {silences[-1]}"}:
            yield region, f"la matrice dit, pour {region} : {', '.join(sorted(states))}."


def _holds(extract: Extract, words: str) -> bool:
    return all(place_in(extract, piece) for piece in pieces_of(words))


def _wrong_quotation(quotation: Quotation, evidence: Evidence) -> Iterator[Problem]:
    cited = evidence.cited(quotation.marks)
    if len(quotation.marks) > 1:
        yield _at(
            quotation, rule="citation", reason="une citation vient d'un seul extrait.",
            remedy="Faites une citation par extrait.",
        )  # fmt: skip
    elif cited and not _holds(cited[0], quotation.text):
        yield _at(
            quotation, rule="citation", reason="ces mots ne sont pas ceux du compte rendu.",
            remedy="Reprenez les mots exacts ; « […] » dit que vous en laissez.",
        )  # fmt: skip


def _changed_sources(manuscript: Manuscript, evidence: Evidence) -> Iterator[Problem]:
    """Yield the notes cited that are not those that the livre blanc was drafted from."""
    marks = [mark for item in (*manuscript.claims, *manuscript.quotations) for mark in item.marks]
    notes = {each.note.id: each.note for each in evidence.cited(marks)}
    for note in notes.values():
        known = manuscript.sources.get(note.id)
        now = digest_of(note.sha256)
        if known == now:
            continue
        yield Problem(
            rule="source changée", sentence=note.file,
            reason=(
                "ce compte rendu a changé depuis la rédaction." if known
                else "ce compte rendu n'était pas là à la rédaction."
            ),
            remedy=(
                f"Relisez les phrases qui le citent, puis écrivez « {note.id}: {now} » dans"
                " l'en-tête « sources »."
            ),
        )  # fmt: skip


def digest_of(sha256: str) -> str:
    """Return the digest of a note as the head of a source gives it; never read as a number."""
    return f"sha256-{sha256[:16]}"


def _unused(manuscript: Manuscript, evidence: Evidence) -> Iterator[Problem]:
    """Yield the remarks that no sentence rests on, and that nobody set aside."""
    used = {each.number for claim in manuscript.claims for each in evidence.cited(claim.marks)}
    for extract in evidence.extracts:
        if extract.number not in used:
            yield Problem(
                rule="remontée oubliée", sentence=_short(extract.words),
                reason=f"cette remontée ({extract.note.file}) n'est ni utilisée ni écartée.",
                remedy=f"Citez-la, [^{extract.mark}], ou écartez-la avec un motif.",
            )  # fmt: skip


def _undecided(evidence: Evidence) -> Iterator[Problem]:
    """Yield what people have not decided, for a final build."""
    waiting = [each.words for each in evidence.extracts if each.coded.status != "accepted"]
    if waiting:
        yield _waiting(
            waiting, rule="remontées à valider",
            remedy="Acceptez-les ou écartez-les avec un motif.",
            reason="ne sont que proposées par Appui : personne ne les a validées.",
        )  # fmt: skip
    published = evidence.matrix.published
    alone = [
        evidence.by_mark[each.remark.id].words
        for each in evidence.matrix.isolated
        if each.remark.id not in published
    ]
    if alone:
        yield _waiting(
            alone, rule="idées isolées à décider",
            remedy="Publiez-les ou écartez-les avec un motif.",
            reason="ne sont dites que dans une réunion : personne n'a décidé de les publier.",
        )  # fmt: skip


def _waiting(words: Iterable[str], *, rule: str, reason: str, remedy: str) -> Problem:
    listed = list(words)
    first = " ; ".join(f"« {_short(each)} »" for each in listed[:_SHOWN])
    more = " ; …" if len(listed) > _SHOWN else ""
    return Problem(
        rule=rule, reason=f"{len(listed)} remontée(s) {reason} {first}{more}.", remedy=remedy
    )


def _short(text: str, *, most: int = 110) -> str:
    said = " ".join(text.split())
    return said if len(said) <= most else f"{said[: most - 1].rstrip()}…"
