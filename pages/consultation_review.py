"""What a person must look at again: words that changed, sentences taken for no remark."""

import html

import streamlit as st

from assistant.mask import mask
from knowledge.consultation.anonymity import shown
from knowledge.consultation.carry import Changed
from knowledge.consultation.coded import what_is_said
from knowledge.consultation.matrix import Matrix
from knowledge.consultation.remarks import Remark, passed_over
from pages import consultation_data as data
from pages.consultation_pager import one_page
from pages.consultation_words import decision_said

_NOTHING = "Lue : rien à garder"


def show_review(matrix: Matrix) -> None:
    """Show what was decided on words that the notes no longer say."""
    data.show_told()
    if not matrix.to_review:
        st.markdown(
            "Rien à revoir : chaque décision porte sur des mots qui sont toujours dans les comptes"
            " rendus."
        )
        return
    st.markdown(
        "Ces remontées avaient été décidées, puis leur compte rendu a été importé de nouveau avec"
        " d'autres mots. Décidez-les de nouveau, ou oubliez l'ancienne décision."
    )
    for each in one_page(matrix.to_review, key="review"):
        _changed(each)


def _changed(changed: Changed) -> None:
    with st.container(border=True, key=f"review-{changed.id}"):
        now = html.escape(_words(changed.now)) if changed.now else "Ces mots n'y sont plus."
        before = html.escape(mask(changed.words).text)
        last = html.escape(decision_said(changed.standing.history[-1]))
        st.html(
            f'<p class="from">Avant ({last})</p><blockquote class="remark">{before}</blockquote>'
            f'<p class="from">Maintenant</p><blockquote class="remark">{now}</blockquote>'
        )
        with st.container(horizontal=True):
            if changed.now:
                st.button(
                    "Reprendre la décision", key=f"again {changed.id}",
                    on_click=_again, args=(changed,),
                )  # fmt: skip
            st.button(
                "Oublier l'ancienne", key=f"forget {changed.id}",
                on_click=data.restore, args=(changed.id,),
            )  # fmt: skip


def _again(changed: Changed) -> None:
    """Keep on the new words what was decided on the old ones."""
    standing = changed.standing
    if changed.now is None:
        return
    if standing.status == "set_aside":
        done = data.decide(changed.now, "set_aside", reason=standing.reason)
    else:
        done = data.decide(
            changed.now,
            "accept",
            kind=standing.kind,
            theme=standing.theme,
            component=standing.component,
            profile=standing.profile,
            polarity=standing.polarity,
        )
    if done:
        data.restore(changed.id)
        data.tell("La décision est reprise.")


def show_passed_over(matrix: Matrix) -> None:
    """Show the sentences of a note that Appui took for no remark, to be kept or passed."""
    data.show_told()
    titles = {note.id: note.title for note in matrix.notes}
    st.markdown(
        "Les phrases où Appui n'a pas vu de remontée : ordre du jour, logistique, questions. S'il"
        " en a manqué une, gardez-la."
    )
    note_id = st.selectbox(
        "Compte rendu", list(titles), format_func=titles.__getitem__, key="passed-note"
    )
    note = next(each for each in matrix.notes if each.id == note_id)
    here = [each.remark for each in matrix.everything if each.remark.note.id == note_id]
    known = set(map(what_is_said, here))
    left = [each for each in passed_over(note) if what_is_said(each) not in known]
    if not left:
        st.markdown("Toutes les phrases de ce compte rendu ont été lues.")
        return
    st.button(
        f"Tout est lu, rien à garder ({len(left)})", key="passed-all",
        on_click=_pass, args=(left,),
    )  # fmt: skip
    for remark in left:
        words, keep = st.columns([5, 1], vertical_alignment="center")
        words.html(f'<p class="remark">{html.escape(_words(remark))}</p>')
        keep.button(
            "Garder", key=f"keep {remark.id}", help="En faire une remontée",
            on_click=_keep, args=(remark,),
        )  # fmt: skip


def _keep(remark: Remark) -> None:
    if data.decide(remark, "accept"):
        data.tell("C'est une remontée : vérifiez son type et son thème dans « Une par une ».")


def _pass(left: list[Remark]) -> None:
    for remark in left:
        data.decide(remark, "set_aside", reason=_NOTHING)


def _words(remark: Remark) -> str:
    return shown(remark, mask=lambda text: mask(text).text)
