"""Where the dispositifs' page stands: the view, the open sheet, those to compare.

The address says it, so that it can be shared and reloaded. A situation, which is about a person,
never goes into it.
"""

from collections.abc import Container, Iterable
from dataclasses import dataclass, replace
from typing import Literal

import streamlit as st

View = Literal["parcourir", "comparer", "situation"]

VIEWS: dict[View, str] = {
    "parcourir": "Parcourir",
    "comparer": "Comparer",
    "situation": "Trouver selon une situation",
}
MOST = 4
# Set by app.py: whether this run is the first since another page was shown.
ARRIVED = "arrived on the page"
_KEPT = "dispositifs place"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What the page shows: ``sheet_id`` over the view, ``picks`` are those to compare."""

    view: View = "parcourir"
    sheet_id: str | None = None
    picks: tuple[str, ...] = ()


def current(known: Container[str]) -> Place:
    """Return what the address asks for, or what was left for another page.

    Args:
        known: The identifiers that may be compared.
    """
    asked = st.query_params
    if st.session_state.get(ARRIVED) and not asked.to_dict():
        go(replace(st.session_state.get(_KEPT, Place()), sheet_id=None))
    picks = _first_known(asked.get("comparer", "").split(","), known)
    named = asked.get("vue")
    view: View = next((view for view in VIEWS if view == named), _ordinary(picks))
    place = Place(view=view, sheet_id=asked.get("fiche") or None, picks=picks)
    st.session_state[_KEPT] = place
    return place


def go(place: Place) -> None:
    """Write a place into the address; the page shows it in the next run."""
    asked = {}
    if place.sheet_id:
        asked["fiche"] = place.sheet_id
    if place.view != _ordinary(place.picks):
        asked["vue"] = place.view
    if place.picks:
        asked["comparer"] = ",".join(place.picks)
    if st.query_params.to_dict() != asked:
        st.query_params.from_dict(asked)
    st.session_state[_KEPT] = place


def prepare_comparison(picks: Iterable[str]) -> None:
    """Have the page show these dispositifs side by side when it is next entered."""
    st.session_state[_KEPT] = Place(view="comparer", picks=tuple(dict.fromkeys(picks))[:MOST])


def open_sheet(sheet_id: str) -> None:
    """Open a sheet over the view that is shown."""
    go(replace(st.session_state[_KEPT], sheet_id=sheet_id))


def pick(sheet_id: str, *, picked: bool) -> None:
    """Have a dispositif among those to compare, or not.

    Streamlit may report a change of a box that did not change, when a click interrupts a run: what
    the box says counts, not that it was reported.
    """
    place: Place = st.session_state[_KEPT]
    if picked != (sheet_id in place.picks):
        others = tuple(each for each in place.picks if each != sheet_id)
        go(replace(place, picks=(*others, sheet_id)[:MOST] if picked else others))


def _ordinary(picks: tuple[str, ...]) -> View:
    """Return the view that an address without ``vue`` stands for."""
    return "comparer" if picks else "parcourir"


def _first_known(names: Iterable[str], known: Container[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if name in known))[:MOST]
