"""The dispositifs' page: browse them, read one, compare some, find those of a situation."""

import datetime as dt
import functools
from dataclasses import replace
from pathlib import Path

import streamlit as st

from knowledge.catalogue import Catalogue, UnknownSheet, open_catalogue
from knowledge.errors import KnowledgeError
from knowledge.sheets import SHEETS
from pages import dispositif_address, sidebar
from pages.dispositif_address import VIEWS, Place
from pages.dispositif_cards import show_cards
from pages.dispositif_compare import show_comparison
from pages.dispositif_match import show_match
from pages.dispositif_sheet import show_sheet
from pages.shell import Mount

_SCRIPT = "dispositifs script"
_VIEW = "dispositifs view"


def show_dispositifs() -> None:
    """Show the sheet that the address names, or the view that was chosen."""
    sidebar.leave_conversation()
    try:
        catalogue = _open(_state_of(SHEETS))
    except KnowledgeError as error:
        st.title("Dispositifs", anchor=False)
        st.error(str(error))
        return
    place = dispositif_address.current({sheet.id for sheet in catalogue.sheets})
    with st.container(key="dispositifs"):
        _show(catalogue, place, today=dt.datetime.now(tz=dt.UTC).astimezone().date())
    _mount(place)


def _show(catalogue: Catalogue, place: Place, *, today: dt.date) -> None:
    if place.sheet_id:
        try:
            sheet = catalogue.sheet(place.sheet_id)
        except UnknownSheet as error:
            missing = f"{error} Elle a peut-être changé de nom : cherchez-la ci-dessous."
        else:
            show_sheet(sheet, catalogue=catalogue, place=place, today=today)
            return
    else:
        missing = None
    st.title("Dispositifs", anchor=False)
    st.markdown(
        "Ce que chaque dispositif demande et apporte, avec la source et la date de chaque règle."
    )
    if missing:
        st.warning(missing)
    _choose_view(place)
    if place.view == "comparer":
        show_comparison(catalogue, place, today=today)
    elif place.view == "situation":
        show_match(catalogue)
    else:
        show_cards(catalogue, place, today=today)


def _choose_view(place: Place) -> None:
    def change() -> None:
        if st.session_state[_VIEW] != place.view:
            dispositif_address.go(replace(place, view=st.session_state[_VIEW], sheet_id=None))

    st.session_state[_VIEW] = place.view
    st.segmented_control(
        "Vue",
        [*VIEWS],
        format_func=VIEWS.__getitem__,
        key=_VIEW,
        required=True,
        on_change=change,
        label_visibility="collapsed",
    )


def _state_of(folder: Path) -> tuple[tuple[str, int], ...]:
    """Return the files of a folder and when each was last written."""
    return tuple((path.name, path.stat().st_mtime_ns) for path in sorted(folder.glob("*.md")))


@st.cache_resource(show_spinner=False, max_entries=1)
def _open(files: tuple[tuple[str, int], ...]) -> Catalogue:  # noqa: ARG001  what it is kept by
    return open_catalogue()


def _mount(place: Place) -> None:
    """Put the script on the page, which opens the links without leaving it."""
    with st.container(key="dispositifs-script"):
        _script()(key=_SCRIPT, data={"sheet": place.sheet_id}, on_opened_change=_open_asked)


def _open_asked() -> None:
    asked = getattr(st.session_state.get(_SCRIPT), "opened", None)
    if asked:
        dispositif_address.open_sheet(str(asked))


@functools.cache
def _script() -> Mount:
    return st.components.v2.component(
        "appui_dispositifs",
        html="<span></span>",
        js=(Path(__file__).parent / "dispositifs.js").read_text(encoding="utf-8"),
        isolate_styles=False,
    )
