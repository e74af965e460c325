"""The sheets as facts that can be looked up and compared, each value with where it comes from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from knowledge.acronyms import acronyms_in
from knowledge.analysis import terms
from knowledge.dates import say_date
from knowledge.errors import KnowledgeError
from knowledge.match import may_take
from knowledge.sheet_facts import CRITERIA, Reference, Value, facts_of
from knowledge.sheet_schema import Sheet
from knowledge.sheets import SHEETS, load_sheets
from knowledge.situation import Need, Situation


class UnknownSheet(KnowledgeError):
    """No sheet bears this identifier."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Sheets side by side: ``cells`` holds the values by criterion and sheet identifier.

    A cell without values is one on which the sources are silent. ``references`` are all those of
    the cells, each once, in the order in which they are met: their rank is their number.
    """

    sheets: tuple[Sheet, ...]
    criteria: tuple[str, ...]
    cells: dict[tuple[str, str], tuple[Value, ...]]
    references: tuple[Reference, ...]

    def number(self, reference: Reference) -> int:
        """Return the number of a reference, from 1."""
        return self.references.index(reference) + 1


class Catalogue:
    """The sheets of a folder, as facts."""

    def __init__(self, sheets: Sequence[Sheet]) -> None:
        """Hold these sheets, in this order."""
        self.sheets = tuple(sheets)
        self._by_id = {sheet.id: sheet for sheet in self.sheets}

    def sheet(self, sheet_id: str) -> Sheet:
        """Return a sheet.

        Raises:
            UnknownSheet: no sheet bears this identifier.
        """
        try:
            return self._by_id[sheet_id]
        except KeyError as error:
            raise UnknownSheet(f"Aucune fiche ne s'appelle « {sheet_id} ».") from error

    def find(self, text: str) -> list[Sheet]:
        """Return the sheets that a name, an acronym or words of their purpose call.

        Those whose name or acronym holds the words come first, that of which they say most before.
        """
        wanted = set(terms(text))
        spelt = {term for each in acronyms_in(text) for term in terms(each.expansion)}
        if not wanted:
            return list(self.sheets)
        ranked: list[tuple[float, int, Sheet]] = []
        for position, sheet in enumerate(self.sheets):
            names = set(terms(" ".join((sheet.name, sheet.title, *sheet.acronyms))))
            about = (sheet.purpose, *sheet.audience.situation, *sheet.needs)
            if wanted <= names or (spelt and spelt <= names):
                said = len(names & (wanted | spelt)) / len(names)
                ranked.append((-said, position, sheet))
            elif wanted <= names | set(terms(" ".join(about))):
                ranked.append((1.0, position, sheet))
        return [sheet for *_, sheet in sorted(ranked, key=lambda each: each[:2])]

    def select(
        self,
        sheets: Iterable[Sheet],
        *,
        needs: Iterable[Need] = (),
        situation: Situation | None = None,
        in_force: bool = True,
    ) -> list[Sheet]:
        """Return the sheets that answer one of these needs and may take somebody of this age.

        Args:
            sheets: those to choose from, whose order is kept.
            needs: any, where none is given.
            situation: whose age is looked at.
            in_force: leave out what is over.
        """
        wanted = set(needs)
        return [
            sheet
            for sheet in sheets
            if (not wanted or wanted.intersection(sheet.needs))
            and not (in_force and sheet.status in {"remplacé", "terminé"})
            and (situation is None or may_take(sheet, situation=situation))
        ]

    def compare(
        self, sheet_ids: Sequence[str], *, criteria: Sequence[str] = CRITERIA
    ) -> Comparison:
        """Return sheets side by side.

        Raises:
            UnknownSheet: no sheet bears one of these identifiers.
        """
        sheets = tuple(self.sheet(each) for each in sheet_ids)
        facts = {sheet.id: self.facts(sheet.id) for sheet in sheets}
        cells = {(name, sheet.id): facts[sheet.id][name] for name in criteria for sheet in sheets}
        references = dict.fromkeys(
            reference
            for values in cells.values()
            for value in values
            for reference in value.references
        )
        return Comparison(
            sheets=sheets, criteria=tuple(criteria), cells=cells, references=tuple(references)
        )

    def facts(self, sheet_id: str) -> dict[str, tuple[Value, ...]]:
        """Return what a sheet says on each of ``CRITERIA``.

        Raises:
            UnknownSheet: no sheet bears this identifier.
        """
        sheet = self.sheet(sheet_id)
        return facts_of(sheet, status=self.say_status(sheet))

    def say_status(self, sheet: Sheet) -> str:
        """Say whether a dispositif is in force, since when, and what replaced it."""
        if sheet.status == "remplacé" and sheet.superseded_by is not None:
            by = self._by_id.get(sheet.superseded_by)
            since = f" depuis le {say_date(sheet.superseded_on)}" if sheet.superseded_on else ""
            return f"Remplacé{since} par : {by.title if by else sheet.superseded_by}"
        if sheet.status == "terminé":
            return (
                f"Terminé depuis le {say_date(sheet.valid_until)}"
                if sheet.valid_until
                else "Terminé"
            )
        since = f" depuis le {say_date(sheet.valid_from)}" if sheet.valid_from else ""
        if sheet.status == "local":
            return f"Aide locale : {sheet.territory}, en vigueur{since}"
        return f"En vigueur{since}"


def open_catalogue(folder: Path = SHEETS) -> Catalogue:
    """Return the catalogue of the sheets of a folder.

    Raises:
        MalformedSheet: one of them is malformed.
    """
    return Catalogue(load_sheets(folder))
