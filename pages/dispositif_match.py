"""Find dispositifs for a situation: eight questions without identity, and what each answer opens.

The answers stay in the session's memory: they go into no address, no file and no log.
"""

from collections.abc import Mapping
from typing import TypeVar

import streamlit as st

from knowledge.catalogue import Catalogue
from knowledge.match import match
from knowledge.situation import ACTIVITIES, DIPLOMAS, HOUSINGS, NEEDS, Need, Situation
from pages.dispositif_cards import choose_department
from pages.dispositif_match_results import results_html
from pages.state import hold

_UNKNOWN = "Je ne sais pas"
_YES_NO: Mapping[str, bool | None] = {_UNKNOWN: None, "Oui": True, "Non": False}
_PREFIX = "situation "
_Choice = TypeVar("_Choice", bound=str)


def show_match(catalogue: Catalogue) -> None:
    """Ask what is known of a situation, and show at once what it opens."""
    st.html(
        "<h2>La situation</h2><p>Répondez à ce que vous savez ; chaque question peut être passée. "
        "Rien ici n'identifie le jeune ; rien n'est enregistré ni envoyé.</p>"
    )
    asked, answered = st.columns([2, 3], gap="medium")
    with asked:
        situation, needs = _ask()
        st.button("Effacer les réponses", key="forget-situation", on_click=_forget)
    with answered:
        if situation == Situation():
            st.html(
                '<p class="note" role="status">Les dispositifs se rangent ici dès la première '
                "réponse.</p>"
            )
            return
        sheets = catalogue.select(catalogue.sheets, needs=needs, in_force=False)
        st.html(results_html(match(situation, sheets)))


def _ask() -> tuple[Situation, list[Need]]:
    age = _number("Âge", most=99, step=1)
    rqth = _yes_no("Travailleur handicapé reconnu (RQTH ou équivalence)", "rqth")
    activity = _choice("Activité", ACTIVITIES)
    diploma = _choice("Diplôme le plus élevé", DIPLOMAS)
    housing = _choice("Logement", HOUSINGS)
    child = _yes_no("Enfant à charge ou à naître", "child")
    resources = _number("Ressources du jeune par mois, en euros", most=10_000, step=50)
    department = choose_department("Département", key=f"{_PREFIX}department", placeholder=_UNKNOWN)
    needs = st.pills(
        "Besoin (ne montrer que ce qui y répond)",
        [*NEEDS],
        selection_mode="multi",
        format_func=NEEDS.__getitem__,
        wrap=True,
        key=hold(f"{_PREFIX}needs", first=[]),
        persist_state="session",
    )
    situation = Situation(
        age=age,
        rqth=rqth,
        activity=activity,
        diploma=diploma,
        housing=housing,
        child=child,
        resources=resources,
        department=department,
    )
    return situation, needs


def _number(label: str, *, most: int, step: int) -> int | None:
    return st.number_input(
        label,
        min_value=0,
        max_value=most,
        value=None,
        step=step,
        placeholder=_UNKNOWN,
        key=hold(f"{_PREFIX}{label}"),
        persist_state="session",
    )


def _yes_no(label: str, key: str) -> bool | None:
    said = st.segmented_control(
        label,
        [*_YES_NO],
        required=True,
        key=hold(f"{_PREFIX}{key}", first=_UNKNOWN),
        persist_state="session",
    )
    return _YES_NO[said or _UNKNOWN]


def _choice(label: str, names: Mapping[_Choice, str]) -> _Choice | None:
    return st.selectbox(
        label,
        [*names],
        index=None,
        format_func=names.__getitem__,
        placeholder=_UNKNOWN,
        filter_mode=None,
        key=hold(f"{_PREFIX}{label}"),
        persist_state="session",
    )


def _forget() -> None:
    for key in [key for key in st.session_state if str(key).startswith(_PREFIX)]:
        del st.session_state[key]
