"""An answer as an adviser reads it: warnings, the answer, its sources, what to do with it."""

import html
import time
from collections.abc import Iterator, Sequence
from functools import partial

import streamlit as st

from assistant.answer import Answer, Citation
from assistant.conversations import Conversations, KeptExchange, Rating
from assistant.task_files import from_answer
from assistant.time_saved import CHOICES
from knowledge.documents import Source
from pages import masked_words, messages, shell, text
from pages.deliverable import offer_files

# Long enough to be seen arriving, short enough not to be waited for.
_PAUSE_S = 0.03

RATINGS: dict[Rating, str] = {
    "useful": ":material/thumb_up: Utile",
    "not_useful": ":material/thumb_down: À revoir",
}
_LEADS = {
    "clarify": "Précisez votre question",
    "not_found": "Vous pouvez aussi demander",
}


def show_question(question: str) -> None:
    """Show what was asked."""
    with st.chat_message("Vous", avatar=":material/person:"):
        st.markdown(text.label(question))


def show_answer(answer: Answer, *, exchange_id: int, fresh: bool = False) -> None:
    """Show what must be known first, then the answer; a fresh one arrives sentence by sentence."""
    for warning in answer.warnings:
        st.html(f'<p class="caution">{html.escape(text.unbroken(warning.message))}</p>')
    masked_words.show_undo(exchange_id, ask=ask_next)
    pieces = [answer.text]
    if fresh:
        pieces = list(text.in_sentences(answer.text))
        shell.announce(_spoken(answer), name=f"answer-{exchange_id}")
    linked = [
        text.answer_markdown(
            piece,
            citations=answer.citations,
            exchange_id=exchange_id,
            before="".join(pieces[:number]),
        )
        for number, piece in enumerate(pieces)
    ]
    with st.container(key=f"answer-{answer.status}-{exchange_id}"):
        if fresh:
            st.write_stream(_arriving(linked))
        else:
            st.markdown("".join(linked))


def _arriving(pieces: Sequence[str]) -> Iterator[str]:
    for piece in pieces:
        yield piece
        time.sleep(_PAUSE_S)


def _spoken(answer: Answer) -> str:
    said = [warning.message for warning in answer.warnings]
    return " ".join(["Réponse.", *said, answer.text.replace("**", "")])


def show_proof(answer: Answer, *, exchange_id: int) -> None:
    """Show in one line where the answer comes from; unfolded, each source can be opened."""
    if not answer.citations:
        return
    with st.expander(messages.sources_line(answer.citations)):
        for citation in answer.citations:
            st.button(
                text.label(_source_name(citation)),
                key=f"open-{exchange_id}-{citation.n}",
                type="tertiary",
                wrap=True,
                on_click=shell.open_link,
                args=(f"source-{exchange_id}-{citation.n}",),
            )


def _source_name(citation: Citation) -> str:
    section = citation.section.rsplit(" > ", 1)[-1] if citation.section else None
    details = [
        citation.title,
        section if section != citation.title else None,
        f"page {citation.page}" if citation.page else None,
        messages.dated(citation.date, citation.date_meaning),
        messages.FICTIONAL if citation.fictional else None,
    ]
    return f"[{citation.n}] " + " · ".join(detail for detail in details if detail)


def show_actions(
    kept: KeptExchange, *, conversations: Conversations, sources: Sequence[Source]
) -> None:
    """Let the answer be copied and exported with its sources, then judged."""
    publishers = {source.id: source.publisher for source in sources if source.publisher}
    with st.container(
        horizontal=True, vertical_alignment="center", gap="xsmall", key=f"actions-{kept.id}"
    ):
        shell.copy_button(
            "Copier avec les sources" if kept.answer.citations else "Copier",
            text=text.copied(kept.answer, publishers=publishers),
            key=f"copy-{kept.id}",
        )
        if kept.answer.citations:
            with st.popover("Exporter"):
                offer_files(from_answer(kept.answer), name=f"answer-{kept.id}")
    with st.container(horizontal=True, vertical_alignment="center", key=f"actions-told-{kept.id}"):
        st.pills(
            "Cette réponse est-elle utile ?",
            list(RATINGS),
            format_func=RATINGS.__getitem__,
            default=kept.feedback.rating if kept.feedback else None,
            key=f"rating-{kept.id}",
            label_visibility="collapsed",
            width="content",
            on_change=partial(_rate, kept, conversations),
        )
        if kept.answer.citations:
            _ask_time_saved(kept, conversations)
    if st.session_state.get(f"rating-{kept.id}") == "not_useful":
        _ask_reason(kept, conversations)


def _rate(kept: KeptExchange, conversations: Conversations) -> None:
    reason = kept.feedback.reason if kept.feedback else ""
    conversations.rate(kept.id, rating=st.session_state[f"rating-{kept.id}"], reason=reason)


def _ask_time_saved(kept: KeptExchange, conversations: Conversations) -> None:
    """Let an adviser say in one tap what the answer saved; nothing is supposed."""

    def declare() -> None:
        conversations.declare(kept.id, minutes=st.session_state[f"minutes-{kept.id}"])

    st.html('<p class="saved" aria-hidden="true">Cela m\'a évité</p>', width="content")
    st.pills(
        "Cela m'a évité (minutes, facultatif)",
        CHOICES,
        format_func=lambda minutes: f"{minutes} min",
        default=kept.minutes,
        key=f"minutes-{kept.id}",
        label_visibility="collapsed",
        width="content",
        on_change=declare,
    )


def _ask_reason(kept: KeptExchange, conversations: Conversations) -> None:
    already = kept.feedback.reason if kept.feedback else ""
    with st.form(f"reason-form-{kept.id}", border=False):
        reason = st.text_input(
            "Qu'est-ce qui ne va pas ? (facultatif)", value=already, key=f"reason-{kept.id}"
        )
        if st.form_submit_button("Envoyer la remarque"):
            conversations.rate(kept.id, rating="not_useful", reason=reason)
            st.html('<p class="note" role="status">Merci, votre remarque est enregistrée.</p>')


def show_leads(answer: Answer, *, exchange_id: int) -> None:
    """Offer what can be asked next, or the choices when the question is not clear."""
    if not answer.suggestions:
        return
    with st.container(key=f"leads-{exchange_id}"):
        st.html(f'<p class="lead">{_LEADS.get(answer.status, "Poursuivre avec")}</p>')
        for number, suggestion in enumerate(answer.suggestions):
            st.button(
                text.label(suggestion),
                key=f"lead-{exchange_id}-{number}",
                wrap=True,
                on_click=ask_next,
                args=(suggestion,),
            )


def ask_next(question: str) -> None:
    """Have a question asked in the next run, as if it had been typed."""
    st.session_state["asked"] = question
