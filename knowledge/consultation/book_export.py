"""Writes the Markdown of a livre blanc with what Appui adds: method, matrix, annex of extracts."""

from collections.abc import Iterable, Iterator

from knowledge.consultation.book import Evidence
from knowledge.consultation.book_back import Grid, matrix_grids, meetings_grid, method_lines
from knowledge.consultation.book_blocks import place_of, quote_of
from knowledge.consultation.book_markdown import BEGIN, END, escaped, without_added


def with_annex(source: str, evidence: Evidence) -> str:
    """Return a source with its annex as of today; its marks are the footnotes of the annex."""
    added = "\n".join(_lines(evidence))
    return f"{without_added(source).rstrip()}\n\n{BEGIN}\n\n{added}\n{END}\n"


def _lines(evidence: Evidence) -> Iterator[str]:
    yield "## Méthode et réunions tenues\n"
    for line in method_lines(evidence):
        yield f"{escaped(line)}\n"
    yield from _table(meetings_grid(evidence))
    yield "## Matrice des thèmes par région\n"
    for grid in matrix_grids(evidence):
        yield from _table(grid)
    yield "## Annexe des extraits\n"
    for extract in evidence.extracts:
        said = f"{quote_of(extract).label} : {extract.words} — {place_of(extract, evidence)}"
        yield f"[^{extract.mark}]: Extrait {extract.number}. {escaped(said)}\n"


def _table(grid: Grid) -> Iterator[str]:
    yield _row(grid.header)
    yield _row(["---"] * len(grid.header))
    for row in grid.rows:
        yield _row([escaped(each) for each in row])
    yield ""


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
