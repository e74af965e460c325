"""One remark at a time: read it, accept it with one key, or change, cut, join, set aside."""

import html
from collections.abc import Sequence

import streamlit as st

from assistant.mask import mask
from knowledge.consultation.anonymity import shown
from knowledge.consultation.coded import Coded, span_in
from knowledge.consultation.decisions import Span
from knowledge.consultation.matrix import Matrix
from knowledge.consultation.situate import UNKNOWN
from knowledge.consultation.vocabulary import components, profiles
from pages import consultation_data as data
from pages.consultation_words import KINDS, REASONS, STATUSES, TONES, decision_said, sureness
from pages.dates import counted
from pages.messages import FICTIONAL

#: The key of the filter that tells which remarks are shown.
FILTER = "qualify-state"
_AT = "consultation remark"


def show_one(said: Sequence[Coded], matrix: Matrix) -> None:
    """Show the remark that is looked at, of those that were filtered."""
    data.show_told()
    if not said:
        st.markdown("Aucune remontée à montrer ici : changez les filtres, ou passez à la suite.")
        return
    place = min(st.session_state.get(_AT, 0), len(said) - 1)
    coded = said[place]
    st.html(_remark_html(coded, place, len(said)))
    _quick(coded, matrix, place, len(said))
    _values(coded, matrix)
    with st.expander("Écarter, séparer, réunir"):
        _aside(coded)
        _split(coded)
        _merge(coded, matrix)
    if coded.standing.history:
        count = len(coded.standing.history)
        with st.expander(f"Historique : {counted(count, 'décision')}"):
            lines = "".join(
                f"<li>{html.escape(decision_said(each))}</li>" for each in coded.standing.history
            )
            st.html(f"<ol>{lines}</ol>")


def _remark_html(coded: Coded, place: int, total: int) -> str:
    """Return a remark, where it comes from, and what Appui proposes with its reasons."""
    note, proposal = coded.remark.note, coded.proposal
    told = [coded.region, note.title, STATUSES[coded.status], FICTIONAL if note.fictional else None]
    above = " › ".join(coded.remark.piece.above)
    component, profile = coded.proposed_component, coded.proposed_profile
    reasons = (
        ("Type", KINDS[proposal.kind], f"{proposal.reason} (proposition {sureness(coded)})"),
        ("Composant", component.value, component.reason),
        ("Profil", profile.value, profile.reason),
    )
    proposed = "".join(
        f"<li>{name} : <strong>{html.escape(value)}</strong>, {html.escape(why)}</li>"
        for name, value, why in reasons
    )
    return (
        f'<p class="from" role="status">Remontée {place + 1} sur {total} ·'
        f" {html.escape(' · '.join(filter(None, told)))}</p>"
        f'<blockquote class="remark">{html.escape(shown(coded.remark, mask=_masked))}</blockquote>'
        + (f'<p class="from">Sous « {html.escape(above)} »</p>' if above else "")
        + f'<p class="from">Appui propose :</p><ul class="from">{proposed}</ul>'
    )


def _quick(coded: Coded, matrix: Matrix, place: int, total: int) -> None:
    """Offer what one key does: accept as it stands, or under another kind, or move on."""
    with st.container(horizontal=True):
        st.button(
            "Valider", type="primary", key="accept", shortcut="v",
            on_click=_accept, args=(coded, matrix),
        )  # fmt: skip
        for number, (kind, name) in enumerate(KINDS.items(), start=1):
            st.button(
                name, key=f"kind-{kind}", shortcut=str(number),
                on_click=_accept, args=(coded, matrix, kind),
            )  # fmt: skip
        st.button(
            "Précédente", key="before", shortcut="p", disabled=not place,
            on_click=_go, args=(place - 1,),
        )  # fmt: skip
        st.button(
            "Suivante", key="after", shortcut="s", disabled=place + 1 >= total,
            on_click=_go, args=(place + 1,),
        )  # fmt: skip
        if coded.status != "proposed":
            st.button("Remettre à décider", key="restore", on_click=_restore, args=(coded,))
        if origin := data.cut_or_joined(coded):
            st.button(
                "Défaire la séparation ou la réunion", key="undo",
                on_click=data.restore, args=(origin,),
            )  # fmt: skip


def _values(coded: Coded, matrix: Matrix) -> None:
    """Let every value be changed; « Valider » keeps what is shown."""
    first, second, third, fourth = st.columns(4)
    id_ = coded.remark.id
    themes = sorted({*matrix.themes, coded.theme})
    first.selectbox(
        "Thème", themes, index=themes.index(coded.theme), key=f"theme {id_}",
        accept_new_options=True,
    )  # fmt: skip
    for column, label, name, options, value in (
        (second, "Composant du SI", "component", components().names, coded.component),
        (third, "Profil", "profile", profiles().names, coded.profile),
    ):
        offered = [*dict.fromkeys((*options, UNKNOWN, value))]
        column.selectbox(label, offered, index=offered.index(value), key=f"{name} {id_}")
    tones = list(TONES)
    fourth.selectbox(
        "Tonalité", tones, index=tones.index(coded.polarity), format_func=TONES.__getitem__,
        key=f"polarity {id_}",
    )  # fmt: skip


def _accept(coded: Coded, matrix: Matrix, kind: str | None = None) -> None:
    """Keep a remark with the values that are shown."""
    held = ("theme", "component", "profile", "polarity")
    shown_now = {key: st.session_state.get(f"{key} {coded.remark.id}") for key in held}
    changed = {key: value for key, value in shown_now.items() if value != getattr(coded, key)}
    if kind and kind != coded.kind:
        changed["kind"] = kind
    if data.accept(coded, of=matrix, action="change" if changed else "accept", **changed):
        data.tell(f"Validée : « {_short(coded)} »")
        _move_on()


def _aside(coded: Coded) -> None:
    reason = st.selectbox(
        "Pourquoi l'écarter ?", REASONS, index=None, accept_new_options=True,
        placeholder="Choisissez ou écrivez la raison", key=f"reason {coded.remark.id}",
    )  # fmt: skip
    st.button("Écarter", key="aside", on_click=_set_aside, args=(coded, reason or ""))


def _set_aside(coded: Coded, reason: str) -> None:
    if data.decide(coded.remark, "set_aside", reason=reason):
        data.tell(f"Écartée : « {_short(coded)} »")
        _move_on()


def _split(coded: Coded) -> None:
    parts = st.text_area(
        "Séparer : allez à la ligne là où il faut couper",
        coded.remark.said,
        key=f"split {coded.remark.id}",
    )
    st.button("Séparer", key="split", on_click=_cut, args=(coded, parts))


def _cut(coded: Coded, parts: str) -> None:
    """Keep how a remark is cut; each part must be words of the note."""
    lines = [line.strip() for line in parts.splitlines() if line.strip()]
    spans = tuple(span_in(coded.remark, line) or Span(0, 0, line) for line in lines)
    if data.decide(coded.remark, "split", spans=spans):
        data.tell(f"Séparée en {len(spans)}.")


def _merge(coded: Coded, matrix: Matrix) -> None:
    note = coded.remark.note.id
    others = {
        each.remark.id: each.remark.said
        for each in matrix.everything
        if each.remark.note.id == note and each is not coded and each.status != "set_aside"
    }
    chosen = st.selectbox(
        "Réunir avec une autre remontée du même compte rendu", list(others), index=None,
        format_func=lambda id_: mask(others[id_]).text, placeholder="Choisissez laquelle",
        key=f"merge {coded.remark.id}",
    )  # fmt: skip
    st.button("Réunir", key="merge", on_click=_join, args=(coded, chosen))


def _join(coded: Coded, other: str | None) -> None:
    if data.decide(coded.remark, "merge", ids=(other,) if other else ()):
        data.tell("Réunies : elles comptent pour une.")


def _restore(coded: Coded) -> None:
    if data.decide(coded.remark, "restore"):
        data.tell(f"À décider de nouveau : « {_short(coded)} »")


def _move_on() -> None:
    """Go to the next remark, where the one that was decided stays in the list."""
    if st.session_state.get(FILTER) != "proposed":
        _go(st.session_state.get(_AT, 0) + 1)


def _go(place: int) -> None:
    st.session_state[_AT] = place


def _masked(text: str) -> str:
    return mask(text).text


def _short(coded: Coded) -> str:
    words = shown(coded.remark, mask=_masked)
    return words if len(words) <= 60 else f"{words[:60].rsplit(' ', 1)[0]}…"  # noqa: PLR2004
