"""How much of each note was read: a table in words and figures, no colour needed."""

import html

from knowledge.consultation.coverage import Coverage, coverage
from knowledge.consultation.matrix import Matrix


def coverage_html(matrix: Matrix) -> str:
    """Return what became of the sentences of each note."""
    said = [(each.remark, each.status) for each in matrix.everything]
    rows = "".join(map(_row, coverage(matrix.notes, said)))
    heads = "".join(
        f'<th scope="col">{name}</th>'
        for name in ("Phrases", "Validées", "Proposées", "Écartées", "Pas encore lues")
    )
    return (
        "<h2>Ce qui a été lu</h2>"
        '<div class="comparison figures" role="region" aria-label="Phrases lues par compte rendu"'
        ' tabindex="0"><table><thead><tr><th scope="col">Compte rendu</th>'
        f"{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
        "<p>« Pas encore lues » : Appui n'y a pas vu de remontée (ordre du jour, logistique) et"
        " personne ne l'a confirmé. Voir « Phrases non retenues » à l'étape Qualifier.</p>"
    )


def _row(covered: Coverage) -> str:
    told = (
        ("Phrases", covered.sentences),
        ("Validées", covered.decided),
        ("Proposées", covered.proposed),
        ("Écartées", covered.set_aside),
        ("Pas encore lues", covered.unread),
    )
    cells = "".join(f'<td data-name="{name}">{number}</td>' for name, number in told)
    return f'<tr><th scope="row">{html.escape(covered.note.title)}</th>{cells}</tr>'
