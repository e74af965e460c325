"""Checks the text of a sheet: its headings, its links, and its figures against the front matter."""

import re
from collections.abc import Iterator

from knowledge.figures import figures, say_number, unit_family
from knowledge.sheet_errors import Problem
from knowledge.sheets import Sheet, SheetFile

HEADINGS = (
    "À quoi ça sert",
    "Pour qui",
    "Combien et combien de temps",
    "Comment faire, pas à pas",
    "Points de vigilance",
    "Questions fréquentes",
)
_HEADING = re.compile(r"^## +(.+?)\s*$", re.MULTILINE)
_LINK = re.compile(r"\]\(([^)\s]*)\)")
_OUTSIDE = re.compile(r"[a-z]+:", re.IGNORECASE)


def check_body(file: SheetFile) -> Iterator[Problem]:
    """Yield what is wrong with the text of a sheet."""
    yield from _check_headings(file)
    yield from _check_links(file)
    yield from _check_figures(file)


def front_figures(sheet: Sheet) -> set[tuple[float, str]]:
    """Return the values of a front matter, each with its unit: ages, durations and amounts."""
    audience = sheet.audience
    ages = [audience.age_min, audience.age_max, *(each.age_max for each in audience.age_exceptions)]
    return (
        {(float(age), "ans") for age in ages if age is not None}
        | {(float(each.value), each.unit) for each in sheet.duration}
        | {(float(each.value), unit_family(each.unit)) for each in sheet.amounts}
    )


def _check_headings(file: SheetFile) -> Iterator[Problem]:
    found = [(match[1], match.start()) for match in _HEADING.finditer(file.body)]
    for (title, start), expected in zip(found, HEADINGS, strict=False):
        if title != expected:
            yield file.problem(
                f"le titre « {title} » n'est pas à sa place.",
                line=_line(file, start),
                remedy=f"Ici vient « ## {expected} ».",
            )
            return
    for expected in HEADINGS[len(found) :]:
        yield file.problem(
            f"le titre « {expected} » manque.",
            remedy="Ajoutez-le, avec son texte, à la suite des autres.",
        )
    for title, start in found[len(HEADINGS) :]:
        yield file.problem(
            f"le titre « {title} » est de trop.",
            line=_line(file, start),
            remedy="Une fiche a six titres ; rangez ce texte sous l'un d'eux.",
        )


def _check_links(file: SheetFile) -> Iterator[Problem]:
    for match in _LINK.finditer(file.body):
        target, _, _ = match[1].partition("#")
        if _OUTSIDE.match(target) or (target and (file.path.parent / target).is_file()):
            continue
        if target or match[1] == "":
            yield file.problem(
                f"le lien vers « {target} » ne mène nulle part.",
                line=_line(file, match.start()),
                remedy="Corrigez le nom du fichier visé, ou retirez le lien.",
            )


def _check_figures(file: SheetFile) -> Iterator[Problem]:
    known = front_figures(file.sheet)
    for figure in figures(file.body):
        if (figure.value, figure.unit) not in known:
            yield file.problem(
                f"« {say_number(figure.value)} {figure.unit} » n'est pas dans l'en-tête.",
                line=_line(file, figure.start),
                remedy="Ajoutez-la à amounts ou duration avec sa source, ou corrigez le texte.",
            )


def _line(file: SheetFile, offset: int) -> int:
    """Return the line of the file on which a place of the text stands."""
    return file.body_line + file.body.count("\n", 0, offset)
