"""What stops the build of a livre blanc, each with its sentence and its remedy."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from knowledge.consultation.book import (
    Claim,
    Count,
    Evidence,
    Extract,
    Manuscript,
    Quotation,
    Title,
    counts,
)  # fmt: skip
from knowledge.consultation.book_gaps import changed_sources, outdated, unused
from knowledge.consultation.book_problem import Problem, short
from knowledge.consultation.book_quantities import Ground, unsupported
from knowledge.consultation.book_words import holds, plain_signs
from knowledge.consultation.matrix import STATES

_SPOKEN = re.compile(r"«\s*([^«»]*?)\s*»")
_SILENCES = re.compile(r"non (?P<state>évoqué|abordé)", re.IGNORECASE)


def problems(manuscript: Manuscript, evidence: Evidence) -> list[Problem]:
    """Return all that stops the build, in the order of the source.

    What people have still to decide is apart: it stops a final build alone.
    """
    mask = evidence.mask
    found = [
        Problem(rule="forme", line=line, sentence=short(said),
                reason="cette ligne n'est ni un titre, ni une phrase, ni une citation.",
                remedy="Écrivez-la en phrases, avec leurs marques, ou enlevez-la.")
        for line, said in manuscript.strays
    ]  # fmt: skip
    for item in manuscript.said:
        found += _wrong_marks(item, evidence)
    for title in manuscript.titles:
        found += _personal(title, evidence)
    for claim in manuscript.claims:
        found += _personal(claim, evidence)
    for claim in manuscript.claims:
        found += _wrong_words(claim, evidence)
    for quotation in manuscript.quotations:
        found += _wrong_quotation(quotation, evidence)
    found.sort(key=lambda each: each.line or 0)
    found += changed_sources(manuscript, evidence)
    found += outdated(evidence)
    found += unused(manuscript, evidence)
    # What a message repeats is shown, and is masked as all that is.
    return [replace(each, sentence=mask(each.sentence), reason=mask(each.reason)) for each in found]


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
        rule=rule, line=item.line, sentence=short(item.text), reason=reason, remedy=remedy
    )


def _personal(written: Claim | Title, evidence: Evidence) -> Iterator[Problem]:
    """Yield what is personal in what was written; quotations are of words masked already."""
    marks = written.marks if isinstance(written, Claim) else ()
    notes = [each.note for each in evidence.cited(marks)]
    text = written.text
    for region in {note.region for note in evidence.matrix.notes if note.region}:
        # « Nord » is a family name, too.
        text = text.replace(region, "la région")
    masked = evidence.anonymous(text, notes)
    if masked != text:
        yield Problem(
            rule="donnée personnelle", line=written.line, sentence=short(masked),
            reason="un nom, un numéro, une adresse ou ce qui désigne un jeune y reste.",
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
        if not any(holds(each, spoken) for each in cited):
            yield _at(
                claim, rule="citation",
                reason=f"« {short(spoken)} » n'est dans aucun extrait cité.",
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
    plain = plain_signs(_SPOKEN.sub(" ", text))
    for region in evidence.matrix.regions:
        place = re.search(rf"(?<!\w){re.escape(plain_signs(region))}(?!\w)", plain)
        if place is None or region in said.regions:
            continue
        silences = [match["state"].lower() for match in _SILENCES.finditer(plain[: place.start()])]
        states = {STATES[evidence.matrix.cell(each.coded.theme, region)] for each in cited}
        if not silences:
            yield region, f"aucun extrait cité ne vient de {region}."
        elif states != {f"non {silences[-1]}"}:
            yield region, f"la matrice dit, pour {region} : {', '.join(sorted(states))}."


def _wrong_quotation(quotation: Quotation, evidence: Evidence) -> Iterator[Problem]:
    cited = evidence.cited(quotation.marks)
    if len(quotation.marks) > 1:
        yield _at(
            quotation, rule="citation", reason="une citation vient d'un seul extrait.",
            remedy="Faites une citation par extrait.",
        )  # fmt: skip
    elif cited and not holds(cited[0], quotation.text):
        yield _at(
            quotation, rule="citation", reason="ces mots ne sont pas ceux du compte rendu.",
            remedy="Reprenez les mots exacts ; « […] » dit que vous en laissez.",
        )  # fmt: skip
