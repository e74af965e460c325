"""Browse the dispositifs: a search, a few filters, and cards that can be scanned."""

import datetime as dt
import html
import re
from dataclasses import replace

import streamlit as st

from assistant.comparison_text import is_old
from knowledge.catalogue import Catalogue
from knowledge.departments import departments
from knowledge.figures import say_number
from knowledge.match import age_verdict, match_sheet
from knowledge.sheet_facts import say_duration
from knowledge.sheet_schema import Sheet, known_since
from knowledge.situation import NEEDS, Situation
from pages import dispositif_address, text
from pages.dates import counted, in_words
from pages.dispositif_address import MOST, Place
from pages.dispositif_values import link_html, main_amount
from pages.state import hold

# A delay, a sanction or an age is a duration too, but not that of the dispositif.
_LASTING = re.compile(
    r"^(?:[^:]+ : )?(?:durée|validité)\b.*\b(?:contrat|cdd|parcours|séjour|convention|attribution"
    r"|prolongations|organisme|rqth|prescription|maximale de la formation)",
    re.IGNORECASE,
)
_TONES = {"local": "caution", "remplacé": "refusal", "terminé": "refusal"}


def show_cards(catalogue: Catalogue, place: Place, *, today: dt.date) -> None:
    """Show the dispositifs that the search and the filters leave."""
    found, situation = _filtered(catalogue)
    st.html(
        '<h2 class="spoken">Les dispositifs</h2>'
        f'<p role="status">{_say_count(len(found), len(catalogue.sheets))}</p>'
    )
    with st.container(key="dispositif-cards"):
        for sheet in found:
            with st.container(border=True, key=f"dispositif-card-{sheet.id}"):
                st.html(_card_html(sheet, catalogue, situation, today))
                show_pick(sheet, place)
    _show_picks(place)


def show_pick(sheet: Sheet, place: Place) -> None:
    """Show the box that adds a dispositif to those to compare."""
    key = f"pick-{sheet.id}"

    def change() -> None:
        dispositif_address.pick(sheet.id, picked=st.session_state[key])

    picked = sheet.id in place.picks
    st.session_state[key] = picked
    st.checkbox(
        f"Comparer ({(*sheet.acronyms, sheet.name)[0]})",
        key=key,
        disabled=len(place.picks) >= MOST and not picked,
        on_change=change,
    )


def choose_department(label: str, *, key: str, placeholder: str) -> str | None:
    """Ask for a department, and return its number; the question may be skipped."""
    names = departments()
    return st.selectbox(
        label,
        [*names],
        index=None,
        format_func=lambda number: f"{number} · {names[number]}",
        placeholder=placeholder,
        key=hold(key),
        persist_state="session",
    )


def _filtered(catalogue: Catalogue) -> tuple[list[Sheet], Situation]:
    first, second, third = st.columns([3, 1, 2])
    with first:
        search = st.text_input(
            "Rechercher un dispositif",
            key=hold("dispositifs search", first=""),
            placeholder="CEJ, permis, loyer…",
            persist_state="session",
        )
    with second:
        age = st.number_input(
            "Âge",
            min_value=10,
            max_value=99,
            value=None,
            step=1,
            placeholder="Tous",
            key=hold("dispositifs age"),
            persist_state="session",
        )
    with third:
        department = choose_department(
            "Département", key="dispositifs department", placeholder="Tous"
        )
    with st.container(horizontal=True, vertical_alignment="bottom", key="dispositif-filters"):
        needs = st.pills(
            "Besoin",
            [*NEEDS],
            selection_mode="multi",
            format_func=NEEDS.__getitem__,
            wrap=True,
            key=hold("dispositifs needs", first=[]),
            persist_state="session",
        )
        over = st.checkbox(
            "Montrer aussi ce qui n'existe plus",
            key=hold("dispositifs over", first=False),
            persist_state="session",
        )
    situation = Situation(age=age, department=department)
    found = catalogue.select(
        catalogue.find(search), needs=needs, situation=situation, in_force=not over
    )
    return [sheet for sheet in found if _is_open_there(sheet, department)], situation


def _is_open_there(sheet: Sheet, department: str | None) -> bool:
    """Tell whether no condition of entry shuts out whoever lives in a department."""
    checks = match_sheet(Situation(department=department), sheet).checks
    return not any(
        check.verdict == "not_met" and check.condition.only_for is None for check in checks
    )


def _say_count(found: int, known: int) -> str:
    if not found:
        return "Aucun dispositif ne correspond : enlevez un filtre ou changez de mot."
    said = counted(found, "dispositif")
    return said if found == known else f"{said} sur {known}"


def _card_html(sheet: Sheet, catalogue: Catalogue, situation: Situation, today: dt.date) -> str:
    rows = (
        ("Pour qui", _say_audience(sheet, catalogue, situation)),
        ("Combien", _say_amount(sheet, today)),
        ("Durée", _say_duration(sheet)),
    )
    facts = "".join(
        f"<dt>{name}</dt><dd>{html.escape(text.unbroken(said))}</dd>" for name, said in rows
    )
    tone = _TONES.get(sheet.status, "in-force")
    status = html.escape(text.unbroken(catalogue.say_status(sheet)))
    return (
        f'<h3 id="fiche-{sheet.id}">{link_html(sheet.id, sheet.title)}</h3>'
        f'<p class="status {tone}">{status}</p><dl class="facts">{facts}</dl>'
    )


def _say_audience(sheet: Sheet, catalogue: Catalogue, situation: Situation) -> str:
    ages = [value.text for value in catalogue.facts(sheet.id)["Âge"]]
    said = ages[:1]
    if len(ages) > 1:
        said.append(ages[1] if len(ages) == 2 else f"{len(ages) - 1} exceptions dans la fiche")  # noqa: PLR2004
    said += sheet.audience.situation[:1]
    verdict, reason = age_verdict(sheet, situation=situation)
    if situation.age is not None and verdict == "unknown":
        said.append(f"À {reason}")
    return " · ".join(said)


def _say_amount(sheet: Sheet, today: dt.date) -> str:
    amount = main_amount(sheet)
    if amount is None:
        return f"pas de montant{' en euros' if sheet.amounts else ''} dans la fiche"
    said = f"{say_number(amount.value)} {amount.unit.replace('/', ' par ')}"
    if amount.valid_from:
        said += f" depuis le {in_words(amount.valid_from)}"
    if is_old(known_since(sheet, amount), today=today):
        said += ", à vérifier"
    return f"{said} ({_lowered(amount.label)})"


def _say_duration(sheet: Sheet) -> str:
    lasting = next((each for each in sheet.duration if _LASTING.match(each.label)), None)
    if lasting is None:
        return "pas de durée dans la fiche"
    return f"{say_duration(lasting)} ({_lowered(lasting.label)})"


def _lowered(label: str) -> str:
    """Return a label as it stands within a sentence; an acronym keeps its letters."""
    return label if label[1:2].isupper() else label[0].lower() + label[1:]


def _show_picks(place: Place) -> None:
    if not place.picks:
        return
    with st.container(
        horizontal=True, vertical_alignment="center", key="dispositif-picks", border=True
    ):
        count = len(place.picks)
        st.html(
            f'<p role="status">{counted(count, "dispositif")} à comparer ({MOST} au plus)</p>',
            width="content",
        )
        st.button(
            "Les comparer" if count > 1 else "Cochez-en un autre",
            type="primary",
            key="compare-now",
            disabled=count < 2,  # noqa: PLR2004  two make a comparison
            on_click=dispositif_address.go,
            args=(replace(place, view="comparer"),),
        )
        st.button(
            "Tout décocher",
            key="unpick-all",
            on_click=dispositif_address.go,
            args=(replace(place, picks=()),),
        )
