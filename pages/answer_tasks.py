"""What to do with an answer: buttons under it, and the deliverable that one of them gives."""

import html
from functools import cache, partial

import streamlit as st

from assistant.conversations import KeptExchange
from assistant.errors import AssistantError
from assistant.own_template_fill import fill
from assistant.own_templates import Template, load_templates
from assistant.task import KINDS, Deliverable, Kind, Manner, kinds_for, perform
from assistant.task_rewrite import reword
from assistant.wanted import wanted
from knowledge.catalogue import Catalogue, open_catalogue
from knowledge.library import Library
from pages import messages, shell, state, text, writer_choice
from pages.deliverable import offer_copies, show_deliverable
from pages.dispositif_address import prepare_comparison

_MANNERS: dict[Manner, str] = {"vous": "Vouvoyer", "tu": "Tutoyer"}
DISPOSITIFS_PAGE = "dispositifs page"
_WITH_MANNER = frozenset({"mail", "sms"})
_FIRST: tuple[Kind, ...] = ("mail", "checklist", "summary", "plain")
_REWORDED = "reworded tasks"


def show_tasks(kept: KeptExchange, *, library: Library) -> None:
    """Show the tasks that make sense after an answer, and what the chosen one gives."""
    catalogue = _catalogue()
    kinds = kinds_for(kept.answer, catalogue=catalogue)
    if not kinds:
        return
    templates, problems = load_templates(state.home())
    templates = [each for each in templates if each.kind in kinds]
    with st.container(horizontal=True, gap="xsmall", key=f"tasks-{kept.id}"):
        for kind in (each for each in _FIRST if each in kinds):
            _button(KINDS[kind], kind, kept)
            if kind == _FIRST[0]:
                _compare_button(kept, catalogue)
        rest = [kind for kind in kinds if kind not in _FIRST]
        if rest or templates or problems:
            with st.popover("Plus"):
                for kind in rest:
                    _button(KINDS[kind], kind, kept)
                _own(templates, problems, kept)
    chosen = st.session_state.get(_key(kept))
    template = next((each for each in templates if _named(each) == chosen), None)
    named = [template.kind] if template else [each for each in kinds if each == chosen]
    for kind in named:
        _show(kind, template, kept, library=library, catalogue=catalogue)


def open_wanted(kept: KeptExchange) -> None:
    """Open the task that a question asks for by itself: « un mail pour lui dire… »."""
    if to_write := wanted(kept.answer.question):
        _choose(to_write.kind, kept)


def _own(templates: list[Template], problems: list[str], kept: KeptExchange) -> None:
    """Show the buttons of the templates of the Mission Locale, and what is wrong with a file."""
    if templates:
        st.html('<p class="lead">Vos modèles</p>')
    for each in templates:
        _button(each.name, _named(each), kept, tip=each.description)
    for problem in problems:
        st.html(f'<p class="caution">{html.escape(problem)}</p>')


def _named(template: Template) -> str:
    return f"modele {template.name}"


def _button(label: str, chosen: str, kept: KeptExchange, *, tip: str = "") -> None:
    st.button(
        text.label(label),
        key=f"task-{chosen}-{kept.id}",
        help=text.label(tip) if tip else None,
        on_click=partial(_choose, chosen, kept),
    )


def _choose(chosen: str | None, kept: KeptExchange) -> None:
    st.session_state[_key(kept)] = chosen


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


def _show(
    kind: Kind,
    template: Template | None,
    kept: KeptExchange,
    *,
    library: Library,
    catalogue: Catalogue,
) -> None:
    with st.container(border=True, key=f"deliverable-{kept.id}"):
        manner = _choose_manner(kept) if kind in _WITH_MANNER else "vous"
        try:
            if template is None:
                done = perform(
                    kind, kept.answer, library=library, catalogue=catalogue, manner=manner
                )
            else:
                done = fill(
                    template, kept.answer, library=library, catalogue=catalogue, manner=manner
                )
            done = _reworded(done, kept, manner, library=library)
        except AssistantError as error:
            st.html(f'<p class="caution">{html.escape(str(error))}</p>')
            return
        show_deliverable(
            done,
            citations=kept.answer.citations,
            exchange_id=kept.id,
            said_above=[each.message for each in kept.answer.warnings],
        )
        with st.container(horizontal=True, vertical_alignment="center"):
            offer_copies(done, name=f"{done.title}-{manner}-{kept.id}")
            st.button("Fermer", key=f"close-{kept.id}", on_click=partial(_choose, None, kept))
        shell.announce(f"{done.title}. {done.text}", name=f"{done.title}-{kept.id}")


def _choose_manner(kept: KeptExchange) -> Manner:
    chosen = st.segmented_control(
        "Comment lui parler",
        list(_MANNERS),
        format_func=_MANNERS.__getitem__,
        default="vous",
        required=True,
        key=f"manner-{kept.id}",
        label_visibility="collapsed",
    )
    return "tu" if chosen == "tu" else "vous"


def _reworded(
    done: Deliverable, kept: KeptExchange, manner: Manner, *, library: Library
) -> Deliverable:
    """Have the writer of this session, if it is a model, reword a task; once for each."""
    model = writer_choice.chosen_writer()
    if model is None:
        return done
    known: dict[tuple[object, ...], Deliverable] = st.session_state.setdefault(_REWORDED, {})
    key = (model.name, kept.id, done.title, manner)
    if key not in known:
        with st.spinner(messages.WRITING):
            known[key] = reword(
                done, question=kept.answer.standalone_question, library=library, model=model
            )
    return known[key]


@cache
def _catalogue() -> Catalogue:
    return open_catalogue()
