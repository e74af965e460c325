"""All remarks in one table: what is changed in a cell is kept at once."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from assistant.mask import mask
from knowledge.consultation.anonymity import shown
from knowledge.consultation.coded import Coded
from knowledge.consultation.decisions import Action
from knowledge.consultation.matrix import Matrix
from knowledge.consultation.situate import UNKNOWN
from knowledge.consultation.vocabulary import components, profiles
from pages import consultation_data as data
from pages.consultation_words import KINDS, REASONS, STATUSES, TONES, sureness

_TABLE = "consultation table"
_VALUES = {"Type": "kind", "Thème": "theme", "Composant": "component", "Profil": "profile",
           "Tonalité": "polarity"}  # fmt: skip
_SAID: dict[str, dict[str, str]] = {"kind": {name: kind for kind, name in KINDS.items()},
         "polarity": {name: tone for tone, name in TONES.items()}}  # fmt: skip
_OPEN, _ACCEPTED, _ASIDE = STATUSES["proposed"], STATUSES["accepted"], STATUSES["set_aside"]


@st.fragment
def show_table(said: Sequence[Coded], matrix: Matrix) -> None:
    """Show remarks as rows; the table keeps its place while its cells are changed."""
    ids = tuple(each.remark.id for each in said)
    kept = st.session_state.get(_TABLE)
    if kept is None or kept["ids"] != ids:
        number = kept["number"] + 1 if kept else 0
        kept = {"ids": ids, "number": number, "rows": [*map(_row, said)], "saved": {}}
        st.session_state[_TABLE] = kept
    st.caption(
        "Flèches pour se déplacer, Entrée pour choisir. « Décision » : « validée », ou « écartée »"
        " avec la raison dans la dernière colonne. Changer une valeur valide la remontée. Tout est"
        " gardé."
    )
    data.show_told()
    key = f"remarks-{kept['number']}"
    st.data_editor(
        kept["rows"],
        key=key,
        on_change=_keep_changes,
        args=(key, said, matrix),
        row_height=70,
        height=560,
        disabled=["Remontée", "Région", "Confiance"],
        column_config=_columns(matrix),
        alt="Remontées, avec leur type, leur thème et la décision",
    )


def _row(coded: Coded) -> dict[str, Any]:
    return {
        "Remontée": shown(coded.remark, mask=lambda text: mask(text).text),
        "Décision": STATUSES[coded.status],
        "Type": KINDS[coded.kind],
        "Thème": coded.theme,
        "Composant": coded.component,
        "Profil": coded.profile,
        "Tonalité": TONES[coded.polarity],
        "Confiance": sureness(coded),
        "Région": coded.region or "non précisée",
        "Raison": coded.reason,
    }


def _columns(matrix: Matrix) -> dict[str, Any]:
    def choice(options: Sequence[str], *, required: bool = True) -> Any:  # noqa: ANN401
        return st.column_config.SelectboxColumn(options=options, required=required)

    return {
        "Remontée": st.column_config.TextColumn(width="large", pinned=True),
        "Décision": choice(list(STATUSES.values())),
        "Type": choice(list(KINDS.values())),
        "Thème": choice(sorted(matrix.themes)),
        "Composant": choice([*components().names, UNKNOWN]),
        "Profil": choice([*profiles().names, UNKNOWN]),
        "Tonalité": choice(list(TONES.values())),
        "Raison": choice(["", *REASONS], required=False),
    }


def _keep_changes(key: str, said: Sequence[Coded], matrix: Matrix) -> None:
    """Keep as decisions what was changed in the table since the last time."""
    saved = st.session_state[_TABLE]["saved"]
    for row, cells in st.session_state[key]["edited_rows"].items():
        if saved.get(row) == cells:
            continue
        saved[row] = dict(cells)
        _decide(said[int(row)], cells, matrix)


def _decide(coded: Coded, cells: Mapping[str, str | None], matrix: Matrix) -> None:
    decision = cells.get("Décision") or (_ASIDE if cells.get("Raison") else None)
    reason = cells.get("Raison")
    if decision == _ASIDE:
        if not reason:
            data.tell("Donnez la raison dans la dernière colonne : la remontée sera écartée.")
        elif data.decide(coded.remark, "set_aside", reason=reason):
            data.tell("Écartée.")
        return
    if decision == _OPEN:
        if data.decide(coded.remark, "restore"):
            data.tell("Remise à décider.")
        return
    values = {
        name: _SAID.get(name, {}).get(value, value)
        for column, name in _VALUES.items()
        if (value := cells.get(column))
    }
    action: Action = "change" if values else "accept"
    if (values or decision == _ACCEPTED) and data.accept(coded, of=matrix, action=action, **values):
        data.tell("Validée." if decision == _ACCEPTED else "Corrigée et validée.")
