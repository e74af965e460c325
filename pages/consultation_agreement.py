"""Two ambassadors who code apart: how far they agree, and what is left to settle."""

import html

import streamlit as st

from assistant.mask import mask
from knowledge.consultation.agreement import Agreement, Disagreement, agreement
from knowledge.consultation.anonymity import shown
from knowledge.consultation.coded import Coded
from knowledge.consultation.matrix import Matrix
from pages import consultation_data as data
from pages.consultation_pager import one_page
from pages.consultation_words import KINDS
from pages.dates import counted

# From K. Krippendorff, « Content Analysis », 2004, p. 241.
_SOLID, _TENTATIVE = 0.8, 0.667


def show_agreement(matrix: Matrix) -> None:
    """Show how far those who coded agree, and let disagreements be settled."""
    data.show_told()
    found = agreement(matrix)
    if not found.shared:
        st.markdown(
            "Deux ambassadeurs peuvent coder les mêmes remontées chacun de leur côté : chacun"
            " écrit son nom, coche « Coder à part » et décide. Leur accord et leurs désaccords"
            " s'affichent ici dès qu'une remontée a été codée par deux personnes."
        )
        return
    st.html(_summary_html(found))
    if not found.disagreements:
        st.markdown("Aucun désaccord à trancher.")
    for each in one_page(found.disagreements, key="disagreements"):
        _settle(each, matrix)


def _summary_html(found: Agreement) -> str:
    rows = "".join(
        f'<tr><th scope="row">{name}</th><td>{_figure(value)}</td><td>{_reading(value)}</td></tr>'
        for name, value in (("Type", found.kind), ("Thème", found.theme))
    )
    return (
        f"<p>{html.escape(', '.join(found.coders))} ont codé"
        f" {counted(found.shared, 'remontée commune', 'remontées communes')} ;"
        f" {counted(len(found.disagreements), 'désaccord')} à trancher.</p>"
        '<table><thead><tr><th scope="col">Sur</th><th scope="col">Alpha de Krippendorff</th>'
        f'<th scope="col">Lecture</th></tr></thead><tbody>{rows}</tbody></table>'
    )


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}".replace(".", ",")


def _reading(value: float | None) -> str:
    if value is None:
        return "pas calculable : une seule valeur, ou aucune remontée codée deux fois"
    if value >= _SOLID:
        return "accord solide"
    return "accord à confirmer" if value >= _TENTATIVE else "accord trop faible pour conclure"


def _settle(found: Disagreement, matrix: Matrix) -> None:
    """Show what each one decided, and offer to keep one of their choices."""
    coded = found.coded
    with st.container(border=True, key=f"settle-{coded.remark.id}"):
        words = html.escape(shown(coded.remark, mask=lambda text: mask(text).text))
        st.html(f'<blockquote class="remark">{words}</blockquote>')
        with st.container(horizontal=True):
            for coder, coding in found.codings.items():
                kind = KINDS.get(coding.kind) if coding.kind else None  # type: ignore[call-overload]
                said = f"{kind}, {coding.theme}" if kind else "écartée"
                st.button(
                    f"{coder} : {said}", key=f"settle {coder} {coded.remark.id}",
                    on_click=_keep, args=(coded, coding.kind, coding.theme, coder, matrix),
                )  # fmt: skip


def _keep(coded: Coded, kind: str | None, theme: str | None, whose: str, matrix: Matrix) -> None:
    """Settle a disagreement as one of the coders decided."""
    if kind:
        done = data.accept(
            coded, of=matrix, action="settle", kind=kind, theme=theme, reason=f"choix de {whose}"
        )
    else:
        done = data.decide(coded.remark, "settle") and data.decide(
            coded.remark, "set_aside", reason=f"désaccord tranché : choix de {whose}"
        )
    if done:
        data.tell("Désaccord tranché.")
