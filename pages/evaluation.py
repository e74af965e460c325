"""The evaluators' page: measure, read, compare, write questions, learn from real use."""

import streamlit as st

from assistant.errors import AssistantError
from evaluation.errors import EvaluationError
from evaluation.workplace import Workplace
from knowledge.errors import KnowledgeError
from pages import (
    evaluation_compare,
    evaluation_questions,
    evaluation_results,
    evaluation_run,
    evaluation_use,
    sidebar,
    state,
)

_VIEWS = {
    "Mesurer": evaluation_run.show,
    "Résultats": evaluation_results.show,
    "Comparer": evaluation_compare.show,
    "Questions": evaluation_questions.show,
    "Avis et manques": evaluation_use.show,
}


def show_evaluation() -> None:
    """Show the view that was chosen."""
    sidebar.leave_conversation()
    st.title("Évaluation", anchor=False)
    st.markdown(
        "Posez à Appui des questions dont la bonne réponse est connue, et voyez ce qu'il a su "
        "dire, ce qu'il a manqué, et ce qui a changé d'une mesure à l'autre."
    )
    name = st.segmented_control(
        "Étape", list(_VIEWS), default="Mesurer", key="evaluation view", required=True
    )
    try:
        _VIEWS[name or "Mesurer"](_workplace(str(state.home().absolute())))
    except (AssistantError, EvaluationError, KnowledgeError) as error:
        st.error(str(error))


@st.cache_resource(show_spinner=False)
def _workplace(folder: str) -> Workplace:
    from pathlib import Path

    return Workplace(Path(folder))
