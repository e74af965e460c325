"""The minutes that advisers declared, and the share of verified sentences, as a table."""

import html
from collections.abc import Sequence

import streamlit as st

from assistant.conversations import KeptExchange
from assistant.time_saved import NOTICE, TimeSaved, as_csv, sum_up


def show_declared_time(exchanges: Sequence[KeptExchange]) -> None:
    """Show what was declared after these exchanges and let it be exported; no figure is guessed."""
    found = sum_up(exchanges)
    st.html("<h2>Temps déclaré</h2>")
    if not found.answers:
        st.html(
            '<p class="note">Aucune réponse gardée : ce tableau se remplit à mesure que des'
            " questions sont posées dans la page « Assistant ».</p>"
        )
        return
    rows = "".join(
        f'<tr><th scope="row">{name}</th><td>{html.escape(said, quote=False)}</td></tr>'
        for name, said in _rows(found)
    )
    st.html(
        '<table class="documents declared"><caption class="spoken">Minutes déclarées et phrases'
        f" vérifiées</caption><tbody>{rows}</tbody></table><p>{NOTICE}</p>"
    )
    st.download_button(
        "Exporter (CSV)", as_csv(found), file_name="appui-temps-declare.csv", mime="text/csv"
    )


def _rows(found: TimeSaved) -> list[tuple[str, str]]:
    if found.declarations:
        minutes = f"{found.minutes} min en {found.declarations} fois (médiane : {_figure(found)})"
    else:
        minutes = "Aucune minute n'a été déclarée"
    share = (
        f"{found.verified} sur {found.sentences} ({100 * found.verified // found.sentences}\u00a0%)"
        if found.sentences
        else "Aucune phrase"
    )
    return [
        ("Minutes évitées, déclarées", minutes),
        ("Réponses gardées", str(found.answers)),
        ("Phrases vérifiées", share),
    ]


def _figure(found: TimeSaved) -> str:
    return "" if found.typical is None else f"{found.typical:g}\u00a0min".replace(".", ",")
