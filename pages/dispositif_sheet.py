"""One dispositif in full: what must be known first, its facts, its text, its sources."""

import datetime as dt
import html
from dataclasses import replace

import streamlit as st
from markdown_it import MarkdownIt

from assistant.comparison_text import is_old
from knowledge.catalogue import Catalogue
from knowledge.sheet_facts import CRITERIA
from knowledge.sheet_schema import Sheet, known_since
from knowledge.sheets import SHEETS, read_sheet
from pages import answer_view, dispositif_address, text
from pages.acronyms import explained_markdown
from pages.dates import in_words
from pages.dispositif_address import VIEWS, Place
from pages.dispositif_cards import show_pick
from pages.dispositif_values import (
    link_html,
    main_amount,
    origin_html,
    references_html,
    table_html,
)

ASSISTANT_PAGE = "assistant page"
# The purpose and the status are said above the others.
_CRITERIA = tuple(name for name in CRITERIA if name not in {"À quoi ça sert", "Statut"})


def show_sheet(sheet: Sheet, *, catalogue: Catalogue, place: Place, today: dt.date) -> None:
    """Show a sheet instead of the view, with a way back to it."""
    st.button(
        f"Revenir à « {VIEWS[place.view]} »",
        icon=":material/arrow_back:",
        key="leave-sheet",
        on_click=dispositif_address.go,
        args=(replace(place, sheet_id=None),),
    )
    st.html(f'<h1 class="sheet-title" tabindex="-1">{html.escape(text.unbroken(sheet.title))}</h1>')
    _show_standing(sheet, catalogue, today)
    with st.container(horizontal=True, vertical_alignment="center", key="sheet-actions"):
        _offer_question(sheet)
        show_pick(sheet, place)
    facts = catalogue.compare([sheet.id], criteria=_CRITERIA)
    st.html(
        '<h2>L\'essentiel</h2><table class="sheet-facts"><caption class="spoken">Ce que dit la '
        f"fiche, critère par critère, avec ses sources.</caption>{table_html(facts, today=today)}"
        "</table>"
    )
    st.html(f'<div class="sheet-body">{_body_html(sheet.id)}</div>')
    st.html(f"<h2>Sources</h2>{references_html(facts)}{_other_sources_html(sheet)}")
    _show_related(sheet, catalogue)


def _show_standing(sheet: Sheet, catalogue: Catalogue, today: dt.date) -> None:
    """Say what must be known before anything else: in force or not, checked when, how old."""
    lines = []
    status = html.escape(text.unbroken(catalogue.say_status(sheet)))
    if sheet.superseded_by:
        by = catalogue.sheet(sheet.superseded_by)
        status += f" ({link_html(by.id, 'lire sa fiche')})"
    over = sheet.status in {"remplacé", "terminé"}
    tone = "refusal" if over else "caution" if sheet.status == "local" else "note"
    lines.append(f'<p class="{tone}">{status}</p>')
    main = main_amount(sheet)
    known_on = known_since(sheet, main) if main else None
    if known_on is not None and is_old(known_on, today=today) and not over:
        old = (
            f"Dernier montant connu : {in_words(known_on)} ; vérifiez qu'il n'a pas changé "
            "avant de le donner."
        )
        lines.append(f'<p class="caution">{text.unbroken(old)}</p>')
    lines.append(
        f'<p class="purpose">{html.escape(text.unbroken(sheet.purpose))}</p>'
        f"<p>Fiche vérifiée le {in_words(sheet.checked_on)}{origin_html(sheet.url)}</p>"
    )
    st.html("".join(lines))


def _offer_question(sheet: Sheet) -> None:
    question = f"Que faut-il savoir sur : {sheet.title} ?"
    if st.button(
        "Demander à Appui ce qu'il faut savoir",
        key="ask-about-sheet",
        icon=":material/chat:",
        type="primary",
        wrap=True,
    ):
        answer_view.ask_next(question)
        st.switch_page(st.session_state[ASSISTANT_PAGE])


def _body_html(sheet_id: str) -> str:
    """Return the text of a sheet; the HTML and the images that it might hold are not obeyed."""
    body = read_sheet(SHEETS / f"{sheet_id}.md").body
    reader = MarkdownIt("commonmark", {"html": False}).disable("image")
    # A sheet has one sentence a line, and each is read for itself.
    apart = explained_markdown(body.replace("\n", "\n\n"))
    return text.unbroken(str(reader.render(apart)))


def _other_sources_html(sheet: Sheet) -> str:
    """Return the sources on which the text rests and no fact above does."""
    named = {each.source for each in sheet.amounts}
    named |= {each.source for each in sheet.duration}
    named |= {each.source for each in sheet.conditions}
    named |= {each.source for each in sheet.combination}
    named |= {each.source for each in sheet.audience.age_exceptions}
    lines = "".join(
        f"<li>{html.escape(text.unbroken(f'{source.title} · {source.publisher}'))}"
        f"{origin_html(source.url)}</li>"
        for source in sheet.sources
        if source.key not in named
    )
    return f"<h3>Autres sources de la fiche</h3><ul>{lines}</ul>" if lines else ""


def _show_related(sheet: Sheet, catalogue: Catalogue) -> None:
    links = "".join(
        f"<li>{link_html(each, catalogue.sheet(each).title)}</li>" for each in sheet.related
    )
    if links:
        st.html(f'<h2>Voir aussi</h2><ul class="related">{links}</ul>')
