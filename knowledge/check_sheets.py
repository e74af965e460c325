"""The truth check of the sheets: ``python -m knowledge.check_sheets [--today AAAA-MM-JJ]``.

It says what must be corrected, what could not be verified, and which amounts are old.
"""

import datetime as dt
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from knowledge.dates import say_date
from knowledge.errors import KnowledgeError
from knowledge.figures import say_number
from knowledge.known_questions import QUESTIONS, KnownQuestion, plain, questions
from knowledge.sheet_body import check_body
from knowledge.sheet_errors import MalformedSheet, Problem, Spot
from knowledge.sheet_references import SHARED, read_references
from knowledge.sheet_schema import Amount, Combination, Condition, Duration, Sheet, known_since
from knowledge.sheet_sources import Comparison, compare
from knowledge.sheets import SHEETS, SheetFile, read_sheet
from knowledge.terminal import run
from knowledge.usage import FrenchParser

_SOUND, _FAULTY = 0, 1
_OLD_AFTER = dt.timedelta(days=365)
_NOT_VERIFIED = "non vérifié : ../shared absent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """What the check found; ``comparison`` is None when the sources are not there."""

    files: tuple[SheetFile, ...]
    problems: tuple[Problem, ...]
    old_amounts: tuple[str, ...]
    comparison: Comparison | None


def check_sheets(folder: Path = SHEETS, *, today: dt.date, shared: Path = SHARED) -> Check:
    """Check the sheets of a folder, one by one, together, and against their sources."""
    files: list[SheetFile] = []
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.md")):
        try:
            files.append(read_sheet(path))
        except MalformedSheet as error:
            problems += error.problems
    for file in files:
        problems += check_dates(file, today)
        problems += _check_end(file, today)
        problems += _check_keys(file)
        problems += _check_criteria(file)
        problems += check_body(file)
        problems += check_questions(file, questions() if folder == SHEETS else ())
    problems += _check_identifiers(folder, files)
    faulty = {problem.path for problem in problems}
    sound = tuple(file for file in files if file.path not in faulty)
    wanted = {source.upstream_id for file in sound for source in file.sheet.sources}
    references = read_references(shared, wanted={each for each in wanted if each})
    comparison = None if references is None else compare(sound, references=references)
    if comparison is not None:
        problems += comparison.problems
    return Check(
        files=tuple(files),
        problems=tuple(problems),
        old_amounts=tuple(_old_amounts(files, today)),
        comparison=comparison,
    )


def check_dates(file: SheetFile, today: dt.date) -> Iterator[Problem]:
    """Yield the dates that are to come, but for the end of a dispositif."""
    sheet = file.sheet
    dates: list[tuple[Spot, str | None]] = [
        ((key,), getattr(sheet, key))
        for key in ("date", "checked_on", "valid_from", "superseded_on")
    ]
    for position, source in enumerate(sheet.sources):
        dates += [
            (("sources", position, key), getattr(source, key)) for key in ("date", "checked_on")
        ]
    dates += [
        (("amounts", position, "valid_from"), amount.valid_from)
        for position, amount in enumerate(sheet.amounts)
    ]
    for spot, date in dates:
        if date is not None and date > today.isoformat():
            yield file.problem(
                f"{spot[-1]} est dans le futur ({date}).",
                *spot,
                remedy="Corrigez la date, ou attendez ce jour pour changer la fiche.",
            )


def check_questions(file: SheetFile, known: Sequence[KnownQuestion]) -> Iterator[Problem]:
    """Yield the texts that answer known questions and that their sheet holds no more."""
    body = plain(file.body)
    answers = [a for each in known if each.sheet == file.sheet.id for a in each.answer]
    for answer, count in Counter(answers).items():
        if plain(answer) not in body:
            yield file.problem(
                f"la phrase « {answer} », qui répond à {count} des questions de {QUESTIONS.name},"
                " n'est plus dans la fiche.",
                remedy="Remplacez-la dans ce fichier par celle qui répond maintenant.",
            )


def _check_end(file: SheetFile, today: dt.date) -> Iterator[Problem]:
    """Yield the status of a dispositif that has ended and is said to be in force."""
    sheet = file.sheet
    if sheet.status == "en_vigueur" and (sheet.valid_until or "9") < today.isoformat():
        yield file.problem(
            f"le dispositif a pris fin le {sheet.valid_until} et son statut est en_vigueur.",
            "status",
            remedy="Écrivez « terminé » ou « remplacé », et dites-le dès la première phrase.",
        )


def _check_keys(file: SheetFile) -> Iterator[Problem]:
    """Yield the sources that are cited and not listed, or listed twice."""
    sheet = file.sheet
    keys = [source.key for source in sheet.sources]
    for position, key in enumerate(keys):
        if key in keys[:position]:
            yield file.problem(
                f"la source « {key} » est dans la liste deux fois.",
                *("sources", position, "key"),
                remedy="Gardez-en une, ou donnez-leur deux clés.",
            )
    for spot, key in _cited(sheet):
        if key not in keys:
            yield file.problem(
                f"la source « {key} » n'est pas dans la liste « sources » de la fiche.",
                *spot,
                remedy="Corrigez la clé, ou ajoutez la source à la liste.",
            )


def _check_criteria(file: SheetFile) -> Iterator[Problem]:
    """Yield the amounts that a criterion compares with and that no sourced amount gives."""
    known = {each.value for each in file.sheet.amounts if each.unit == "€/mois"}
    for position, condition in enumerate(file.sheet.conditions):
        limit = condition.criterion.resources_max if condition.criterion else None
        if limit is not None and limit not in known:
            yield file.problem(
                f"resources_max : aucun montant de la fiche ne vaut {say_number(limit)} €/mois.",
                *("conditions", position, "criterion", "resources_max"),
                remedy="Corrigez-le, ou ajoutez ce montant à « amounts » avec sa source.",
            )


def _cited(sheet: Sheet) -> Iterator[tuple[Spot, str]]:
    """Yield the keys of the sources that a front matter cites, and where."""
    lists: dict[str, Sequence[Condition | Duration | Amount | Combination]] = {
        "conditions": sheet.conditions,
        "duration": sheet.duration,
        "amounts": sheet.amounts,
        "combination": sheet.combination,
    }
    for name, parts in lists.items():
        for position, each in enumerate(parts):
            yield (name, position, "source"), each.source
    for position, exception in enumerate(sheet.audience.age_exceptions):
        yield ("audience", "age_exceptions", position, "source"), exception.source


def _check_identifiers(folder: Path, files: Iterable[SheetFile]) -> Iterator[Problem]:
    """Yield the identifiers used twice, not those of their files, or that lead to no sheet."""
    known = {path.stem for path in folder.glob("*.md")}
    first: dict[str, str] = {}
    for file in files:
        sheet = file.sheet
        if sheet.id in first:
            yield file.problem(
                f"l'identifiant « {sheet.id} » est déjà celui de {first[sheet.id]}.",
                "id",
                remedy="Donnez à chaque fiche le sien, qui est aussi le nom de son fichier.",
            )
        elif sheet.id != file.path.stem:
            yield file.problem(
                f"l'identifiant « {sheet.id} » n'est pas le nom du fichier.",
                "id",
                remedy=f"Écrivez « id: {file.path.stem} », ou renommez le fichier.",
            )
        first.setdefault(sheet.id, file.path.name)
        links: list[tuple[Spot, str]] = [
            (("related", position), each) for position, each in enumerate(sheet.related)
        ]
        if sheet.superseded_by is not None:
            links.append((("superseded_by",), sheet.superseded_by))
        for spot, target in links:
            if target not in known or target == sheet.id:
                yield file.problem(
                    f"{spot[0]} : aucune autre fiche ne s'appelle « {target} ».",
                    *spot,
                    remedy="Corrigez l'identifiant, ou retirez-le.",
                )


def _old_amounts(files: Iterable[SheetFile], today: dt.date) -> Iterator[str]:
    """Yield the amounts in euros that have not changed for a year, which may be out of date."""
    limit = (today - _OLD_AFTER).isoformat()
    for file in files:
        for position, amount in enumerate(file.sheet.amounts):
            known_on = known_since(file.sheet, amount)
            if amount.unit.startswith("€") and known_on is not None and known_on < limit:
                line = file.lines["amounts", position, "value"]
                since = "depuis le" if amount.valid_from else "sans date d'effet, source du"
                yield (
                    f"{file.path.name}, ligne {line} : {amount.label} :"
                    f" {say_number(amount.value)} {amount.unit}, {since} {say_date(known_on)}"
                )


def report(check: Check) -> str:
    """Return what the check found, as text."""
    plural = "s" if len(check.files) > 1 else ""
    lines = [f"{len(check.files)} fiche{plural} lue{plural}."]
    if check.comparison is not None:
        lines += [f"{count} × {what}" for what, count in sorted(check.comparison.counts.items())]
        lines += _titled("Non vérifié automatiquement", check.comparison.unverified)
    else:
        lines.append(f"Sources : {_NOT_VERIFIED}.")
    lines += _titled("Montants de plus de 12 mois, à surveiller", check.old_amounts)
    lines += _titled("À corriger", [str(problem) for problem in check.problems])
    if not check.problems:
        lines += ["", "Rien à corriger."]
    return "\n".join(lines)


def _titled(title: str, items: Sequence[str]) -> list[str]:
    return ["", f"{title} ({len(items)}) :", *(f"- {item}" for item in items)] if items else []


def main(
    arguments: Sequence[str] | None = None, *, folder: Path = SHEETS, shared: Path = SHARED
) -> int:
    """Check the sheets, say what was found, and return the exit status."""
    parser = FrenchParser(
        prog="python -m knowledge.check_sheets",
        description="Vérifie les fiches dispositifs : leur forme, leurs chiffres, leurs sources.",
    )
    parser.add_argument(
        "--today",
        type=dt.date.fromisoformat,
        default=dt.datetime.now(dt.UTC).date(),
        metavar="AAAA-MM-JJ",
        help="fait comme si c'était ce jour",
    )
    options = parser.parse_args(arguments)
    try:
        check = check_sheets(folder, today=options.today, shared=shared)
    except KnowledgeError as error:
        sys.stderr.write(f"{error}\n")
        return _FAULTY
    sys.stdout.write(report(check) + "\n")
    return _FAULTY if check.problems else _SOUND


if __name__ == "__main__":
    sys.exit(run(main))
