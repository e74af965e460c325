"""Two to four dispositifs side by side, criterion by criterion, and the files to keep of it."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from assistant.comparison_docx import write_docx
from assistant.comparison_pdf import write_pdf
from assistant.comparison_text import file_name
from knowledge.catalogue import Catalogue, Comparison
from knowledge.sheet_facts import CRITERIA
from pages import dispositif_address
from pages.dispositif_address import MOST, Place
from pages.dispositif_values import references_html, table_html
from pages.state import hold

_LONG_TAIL = {"Ce que fait le jeune", "Pièces à fournir", "Qui paie", "Textes"}
_PICKS = "dispositifs compared"
_TOO_MANY = "dispositifs too many"
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def show_comparison(catalogue: Catalogue, place: Place, *, today: dt.date) -> None:
    """Ask for the dispositifs and the criteria, and show them side by side."""
    picks = _choose_sheets(catalogue, place)
    criteria = _choose_criteria()
    if len(picks) < 2:  # noqa: PLR2004  two make a comparison
        st.html(
            '<p class="note" role="status">Choisissez au moins deux dispositifs : leurs règles '
            "s'affichent côte à côte, chacune avec sa source.</p>"
        )
        return
    if not criteria:
        st.html('<p class="note" role="status">Choisissez au moins un critère.</p>')
        return
    comparison = catalogue.compare(picks, criteria=criteria)
    _offer_files(comparison, today)
    st.html(
        '<div class="comparison" role="region" aria-label="Tableau de comparaison" tabindex="0">'
        '<table><caption class="spoken">Un critère par ligne, un dispositif par colonne ; les '
        f"repères [n] mènent aux sources.</caption>{table_html(comparison, today=today)}"
        "</table></div>"
    )
    st.html(f"<h2>Sources</h2>{references_html(comparison)}")


def _choose_sheets(catalogue: Catalogue, place: Place) -> tuple[str, ...]:
    titles = {sheet.id: sheet.title for sheet in catalogue.sheets}

    def keep_first() -> None:
        chosen = st.session_state[_PICKS]
        if tuple(chosen) == place.picks:
            return
        st.session_state[_TOO_MANY] = len(chosen) > MOST
        dispositif_address.go(replace(place, view="comparer", picks=tuple(chosen[:MOST])))

    st.session_state[_PICKS] = [*place.picks]
    st.multiselect(
        f"Dispositifs à comparer ({MOST} au plus)",
        [*titles],
        format_func=titles.__getitem__,
        placeholder="Choisissez deux à quatre dispositifs",
        key=_PICKS,
        on_change=keep_first,
        select_all=False,
    )
    if st.session_state.pop(_TOO_MANY, False):
        st.html(
            f'<p class="caution" role="status">{MOST} dispositifs au plus : enlevez-en un pour en '
            "choisir un autre.</p>"
        )
    return place.picks


def _choose_criteria() -> list[str]:
    with st.expander("Choisir les critères"):
        chosen = st.pills(
            "Critères montrés",
            CRITERIA,
            selection_mode="multi",
            wrap=True,
            key=hold(
                "dispositifs criteria",
                first=[name for name in CRITERIA if name not in _LONG_TAIL],
            ),
            persist_state="session",
        )
    # In the order of the sheets, whichever was chosen first.
    return [name for name in CRITERIA if name in chosen]


def _offer_files(comparison: Comparison, today: dt.date) -> None:
    def write(writer: Callable[..., bytes]) -> Callable[[], bytes]:
        return lambda: writer(comparison, today=today)

    with st.container(horizontal=True, key="comparison-files"):
        st.download_button(
            "Télécharger en Word (DOCX)",
            write(write_docx),
            file_name=file_name(comparison, today=today, kind="docx"),
            mime=_DOCX,
            icon=":material/description:",
            on_click="ignore",
        )
        st.download_button(
            "Télécharger en PDF",
            write(write_pdf),
            file_name=file_name(comparison, today=today, kind="pdf"),
            mime="application/pdf",
            icon=":material/picture_as_pdf:",
            on_click="ignore",
        )
