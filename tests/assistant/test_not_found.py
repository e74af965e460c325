"""« Not found » says what was searched, where else to look, and whom to ask."""

from collections.abc import Mapping

from assistant.replies import EXAMPLES, not_found, whom_to_ask
from assistant.understand import understand
from knowledge.documents import Hit, Passage, Source

SHEET = Source(
    id="cej", title="Contrat d'engagement jeune (CEJ)", collection="dispositifs", kind="fiche",
    url="https://exemple.gouv.fr/cej",
)  # fmt: skip
LOCAL = Source(
    id="bus", title="Aide au bus", collection="local", kind="pdf", territory="Valmont",
    url="https://pirate.example",
)  # fmt: skip


def hit(source: Source, section: str, *, relevance: float | None = 0.5) -> Hit:
    passage = Passage(
        id=f"{source.id}#0", document_id=source.id, position=0, start=0, end=3, text="…",
        section_path=(section,),
    )  # fmt: skip
    return Hit(passage=passage, source=source, score=1, dense=1, lexical=1, relevance=relevance)


def reply(
    question: str, *hits: Hit, known: Mapping[str, float] | None = None
) -> tuple[str, tuple[str, ...]]:
    return not_found(understand(question), hits, known=known or {}, documents=2, collection=None)


def test_what_was_searched_and_where_is_said() -> None:
    text, _ = reply("Comment refaire une carte Vitale ?")
    assert text.startswith(
        "Je n'ai rien trouvé sur ce point dans tous vos documents (2 documents)."
    )
    assert "J'ai cherché : refaire carte Vitale." in text


def test_the_nearest_passages_are_leads_with_their_heading() -> None:
    text, leads = reply("carte Vitale", hit(SHEET, "Qui peut entrer ?"), hit(LOCAL, "Aide au bus"))
    assert "- Contrat d'engagement jeune (CEJ) : « Qui peut entrer ? »\n- Aide au bus\n" in text
    assert leads == ("Qui peut entrer ?", "Que dit « Aide au bus » ?")


def test_what_is_far_off_is_no_lead() -> None:
    text, leads = reply("la ratatouille", hit(SHEET, "Montant", relevance=0.02))
    assert "Le plus proche" not in text
    assert "exemple.gouv.fr" not in text
    assert leads == EXAMPLES


def test_what_answers_questions_that_are_alike_is_a_lead() -> None:
    near = hit(SHEET, "Montant", relevance=0.02)
    _, leads = reply("il a rien pour vivre", near, known={near.passage.id: 0.4})
    assert leads == ("Que dit « Contrat d'engagement jeune (CEJ) » ?",)


def test_a_mask_is_not_what_was_searched() -> None:
    assert "J'ai cherché : carte Vitale." in reply("[nom] a perdu sa carte Vitale")[0].replace(
        "perdu ", ""
    )


def test_the_official_page_of_the_nearest_sheet_is_given_and_no_other_address() -> None:
    asked = whom_to_ask("carte Vitale", [hit(LOCAL, "x"), hit(SHEET, "y")])
    assert "la page officielle de « Contrat d'engagement jeune (CEJ) » : https://exemple" in asked
    assert "pirate" not in asked
    assert "votre référent" in asked


def test_a_place_names_its_own_bodies() -> None:
    assert "conseil régional (Bretagne)" in whom_to_ask("aide au bus en Bretagne", [])
    assert "la collectivité (Mayotte)" in whom_to_ask("aide au bus à Mayotte", [])
    assert "conseil départemental (Seine-Saint-Denis)" in whom_to_ask("et dans le 93 ?", [])
    assert "le service qui la gère (Valmont)" in whom_to_ask("aide au bus", [hit(LOCAL, "x")])


def test_without_any_lead_the_usual_doors_are_named() -> None:
    assert "service-public.gouv.fr" in whom_to_ask("carte Vitale", [])
