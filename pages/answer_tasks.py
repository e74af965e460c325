"""What to do with an answer: buttons under it, and the deliverable that one of them gives."""

import datetime as dt
import html
from functools import cache, partial

import streamlit as st

from assistant.conversations import KeptExchange
from assistant.task import KINDS, Kind, NothingToWrite, kinds_for, perform
from assistant.task_files import as_text, sources_of, write_docx
from knowledge.catalogue import Catalogue, open_catalogue
from knowledge.library import Library
from pages import shell, text
from pages.dispositif_address import prepare_comparison

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_MANNERS = {"vous": "Vouvoyer", "tu": "Tutoyer"}
DISPOSITIFS_PAGE = "dispositifs page"
_WITH_MANNER = frozenset({"mail", "sms"})
_FIRST: tuple[Kind, ...] = ("mail", "checklist", "summary", "plain")


def show_tasks(kept: KeptExchange, *, library: Library) -> None:
    """Show the tasks that make sense after an answer, and what the chosen one gives."""
    catalogue = _catalogue()
    kinds = kinds_for(kept.answer, catalogue=catalogue)
    if not kinds:
        return
    with st.container(horizontal=True, key=f"tasks-{kept.id}"):
        for kind in (each for each in _FIRST if each in kinds):
            _button(kind, kept)
            if kind == _FIRST[0]:
                _compare_button(kept, catalogue)
        rest = [kind for kind in kinds if kind not in _FIRST]
        if rest:
            with st.popover("Plus"):
                for kind in rest:
                    _button(kind, kept)
    chosen = st.session_state.get(_key(kept))
    if chosen in kinds:
        _show(chosen, kept, library=library, catalogue=catalogue)


def _button(kind: Kind, kept: KeptExchange) -> None:
    st.button(
        KINDS[kind],
        key=f"task-{kind}-{kept.id}",
        on_click=partial(_choose, kind, kept),
    )


def _choose(kind: Kind | None, kept: KeptExchange) -> None:
    st.session_state[_key(kept)] = kind


def _key(kept: KeptExchange) -> str:
    return f"task of {kept.id}"


def _compare_button(kept: KeptExchange, catalogue: Catalogue) -> None:
    """Lead to the comparison of the dispositifs that the answer cites, and of those near it."""
    known = {sheet.id: sheet for sheet in catalogue.sheets}
    cited = [c.document_id for c in kept.answer.citations if c.document_id in known]
    page = st.session_state.get(DISPOSITIFS_PAGE)
    if not cited or page is None:
        return
    near = [each for each in known[cited[0]].related if each in known]
    if st.button("Comparer", key=f"task-compare-{kept.id}"):
        prepare_comparison([*cited, *near])
        st.switch_page(page)


def _show(kind: Kind, kept: KeptExchange, *, library: Library, catalogue: Catalogue) -> None:
    with st.container(border=True, key=f"deliverable-{kept.id}"):
        manner: str | None = "vous"
        if kind in _WITH_MANNER:
            manner = st.segmented_control(
                "Comment lui parler",
                list(_MANNERS),
                format_func=_MANNERS.__getitem__,
                default="vous",
                required=True,
                key=f"manner-{kept.id}",
                label_visibility="collapsed",
            )
        try:
            deliverable = perform(
                kind,
                kept.answer,
                library=library,
                catalogue=catalogue,
                manner="tu" if manner == "tu" else "vous",
            )
        except NothingToWrite as error:
            st.html(f'<p class="caution">{error}</p>')
            return
        for caution in deliverable.cautions:
            said = html.escape(text.unbroken(caution))
            st.html(f'<p class="caution">À vérifier avant d\'envoyer : {said}</p>')
        st.markdown(f"**{text.label(deliverable.title)}**")
        st.markdown(
            text.answer_markdown(
                deliverable.text, citations=kept.answer.citations, exchange_id=kept.id
            )
        )
        sources = sources_of(deliverable)
        if sources:
            with st.expander("Sources"):
                for source in sources:
                    st.markdown(text.label(source))
        with st.container(horizontal=True, vertical_alignment="center"):
            if kind in _WITH_MANNER:
                shell.copy_button(
                    "Copier",
                    text=as_text(deliverable, with_sources=False),
                    key=f"copy-{kind}-{manner}-{kept.id}",
                )
            shell.copy_button(
                "Copier avec les sources",
                text=as_text(deliverable),
                key=f"copy-all-{kind}-{manner}-{kept.id}",
            )
            st.download_button(
                "Word",
                write_docx(deliverable, today=dt.date.today()),  # noqa: DTZ011
                file_name=f"appui-{kind}.docx",
                mime=_WORD,
                key=f"docx-{kept.id}",
                icon=":material/description:",
                on_click="ignore",
            )
            st.button("Fermer", key=f"close-{kept.id}", on_click=partial(_choose, None, kept))
        shell.announce(f"{deliverable.title}. {deliverable.text}", name=f"{kind}-{kept.id}")


@cache
def _catalogue() -> Catalogue:
    return open_catalogue()
