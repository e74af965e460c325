"""Answers are composed of sentences as they stand, best first, each said once."""

from dataclasses import replace

from assistant.choose import Chosen
from assistant.compose import compose
from assistant.facts import numbers
from knowledge.documents import Hit, Passage, Source
from knowledge.units import units_of


def hit(document: str, text: str) -> Hit:
    passage = Passage(
        id=f"{document}#0", document_id=document, position=0, start=10, end=10 + len(text),
        text=text, section_path=("Partie", "Sous-partie"), page=3,
    )  # fmt: skip
    source = Source(id=document, title=document, collection="local", kind="pdf")
    return Hit(passage=passage, source=source, score=1.0, dense=0.9, lexical=1.0)


def chosen(hits: list[Hit], *texts: str) -> list[Chosen]:
    units = units_of(hits, ranks=range(len(hits)))
    scores = [1.0 - 0.02 * i - 0.06 * (i > 0) for i in range(len(texts))]
    return [
        Chosen(unit=next(u for u in units if text in u.text), score=s, coverage=1.0, cosine=0.9)
        for text, s in zip(texts, scores, strict=True)
    ]


def test_the_best_sentence_comes_first_whatever_its_place() -> None:
    hits = [hit("a", "Le dossier se dépose en mairie. La prime est de 200 €.")]
    draft = compose(chosen(hits, "200 €", "mairie"), hits=hits, question="")
    assert [p.text for p in draft.paragraphs] == [
        "La prime est de 200 €. [1]",
        "Le dossier se dépose en mairie. [1]",
    ]
    assert draft.citations[0].quote == hits[0].passage.text
    assert (draft.citations[0].start, draft.citations[0].page) == (10, 3)
    assert draft.citations[0].section == "Partie > Sous-partie"


def test_what_answers_no_question_like_it_is_said_only_where_it_is_as_good() -> None:
    hits = [hit("a", "La prime est de 200 €. Le dossier se dépose en mairie. Un bus y mène.")]
    best, near, far = chosen(hits, "200 €", "mairie", "bus")
    far = replace(far, score=0.7)
    further = [replace(near, is_aside=True), replace(far, is_aside=True)]
    draft = compose([best, *further], hits=hits, question="")
    assert [p.text for p in draft.paragraphs] == [
        "La prime est de 200 €. [1]",
        "Le dossier se dépose en mairie. [1]",
    ]


def answer_under_a_question(text: str, other_age: str) -> str:
    hits = [hit("a", text)]
    units = units_of(hits, ranks=[0])
    ranked = [
        Chosen(unit=u, score=1.0, coverage=1.0, cosine=0.9, given_whole=True,
               other_age=other_age in u.text)
        for u in units
    ]  # fmt: skip
    return compose(ranked, hits=hits, question="").paragraphs[0].text


def test_what_is_said_of_another_age_comes_last_in_an_answer_given_whole() -> None:
    text = "Un majeur touche 500 €. Un mineur touche 200 €. Un foyer imposé ne touche rien."
    assert answer_under_a_question(text, "majeur") == (
        "Un mineur touche 200 €. Un foyer imposé ne touche rien. Un majeur touche 500 €. [1]"
    )


def test_yes_or_no_stays_first_whatever_age_it_speaks_of() -> None:
    text = "Oui, un majeur touche 500 €. Un mineur touche 200 €."
    assert answer_under_a_question(text, "majeur") == f"{text} [1]"


def test_a_sentence_that_leans_on_the_one_before_brings_it_along() -> None:
    hits = [hit("a", "La prime aide les apprentis. Elle est de 200 € par an.")]
    draft = compose(chosen(hits, "200 €"), hits=hits, question="")
    assert draft.paragraphs[0].text == (
        "La prime aide les apprentis. Elle est de 200 € par an. [1]"
    )


def test_a_title_is_not_glued_to_the_sentence_below_it() -> None:
    hits = [hit("a", "La bourse du Pont\nCette aide est de 200 € par an.")]
    draft = compose(chosen(hits, "200 €"), hits=hits, question="")
    assert draft.paragraphs[0].text == "Cette aide est de 200 € par an. [1]"


def test_a_list_is_given_whole_under_its_lead_in() -> None:
    hits = [hit("a", "Il faut fournir :\n- une photo récente ;\n- un relevé bancaire.")]
    draft = compose(chosen(hits, "relevé"), hits=hits, question="")
    assert draft.paragraphs[0].text == (
        "Il faut fournir : [1]\n\n- une photo récente ;\n- un relevé bancaire."
    )


def test_a_long_list_is_cut_but_keeps_the_item_that_answers() -> None:
    items = "\n".join(f"- la pièce numéro {i} ;" for i in range(1, 13))
    hits = [hit("a", f"Il faut fournir :\n{items}")]
    early = compose(chosen(hits, "numéro 2 "), hits=hits, question="").paragraphs[0].text
    late = compose(chosen(hits, "numéro 11"), hits=hits, question="").paragraphs[0].text
    assert early.count("\n- ") == 8
    assert late == "Il faut fournir : [1]\n\n- la pièce numéro 11 ;"


def test_the_same_fact_is_not_said_twice() -> None:
    hits = [hit("a", "La prime est de 200 € par an."), hit("b", "La prime est de 200 € par an !")]
    draft = compose(chosen(hits, "par an.", "par an !"), hits=hits, question="")
    assert len(draft.paragraphs) == 1


def test_distant_sentences_of_one_passage_get_their_own_citations() -> None:
    filler = " ".join(f"Phrase de remplissage numéro {i} du texte." for i in range(30))
    hits = [hit("a", f"La prime est de 200 €. {filler} Le dossier se dépose en mairie.")]
    draft = compose(chosen(hits, "200 €", "mairie"), hits=hits, question="")
    assert [c.n for c in draft.citations] == [1, 2]
    assert draft.citations[1].quote == "Le dossier se dépose en mairie."


def test_an_answer_never_fills_more_than_a_screen() -> None:
    hits = [
        hit(str(i), f"La règle numéro {i} concerne le cas {chr(97 + i) * 9}.") for i in range(9)
    ]
    draft = compose(chosen(hits, *(f"numéro {i} " for i in range(9))), hits=hits, question="")
    assert len(draft.paragraphs) == 5


TABLE = (
    "Le salaire dépend de l'âge.\n\nAnnée | Moins de 18 ans | 18 à 20 ans\n"
    "1re année | 27 % | 43 %\n2e année | 39 % | 51 %"
)


def test_a_row_is_read_with_the_names_of_its_columns() -> None:
    hits = [hit("a", TABLE)]
    draft = compose(chosen(hits, "27 %"), hits=hits, question="")
    assert draft.paragraphs[0].text == (
        "Année [1]\n\n- 1re année – Moins de 18 ans : 27 % ; 18 à 20 ans : 43 %\n"
        "- 2e année – Moins de 18 ans : 39 % ; 18 à 20 ans : 51 %"
    )
    assert draft.citations[0].quote in TABLE
    assert all(numbers(s.text) <= numbers(TABLE) for s in draft.paragraphs[0].sentences)


def test_a_table_of_two_columns_is_read_under_its_caption() -> None:
    hits = [hit("a", "Montant de l'aide\nCDI à temps plein | 600€\nFormation | 500€")]
    draft = compose(chosen(hits, "600€"), hits=hits, question="")
    assert draft.paragraphs[0].text == (
        "Montant de l'aide [1]\n\n- CDI à temps plein : 600€\n- Formation : 500€"
    )


def test_a_large_table_gives_the_one_row() -> None:
    rows = "\n".join(f"Cas numéro {i} | {i}00 €" for i in range(1, 12))
    hits = [hit("a", rows)]
    draft = compose(chosen(hits, "numéro 7"), hits=hits, question="")
    assert draft.paragraphs[0].text == "Cas numéro 7 : 700 € [1]"


def test_the_sentences_of_a_series_stand_together_and_count_as_one() -> None:
    text = (
        "Une bourse peut atteindre 500 € pour un majeur. Une bourse peut atteindre 200 € pour un"
        " mineur. Le dossier est gratuit."
    )
    hits = [hit("a", text)]
    draft = compose(chosen(hits, "500 €", "200 €"), hits=hits, question="")
    assert [p.text for p in draft.paragraphs] == [
        "Une bourse peut atteindre 500 € pour un majeur. Une bourse peut atteindre 200 € pour un"
        " mineur. [1]"
    ]


def test_an_exception_comes_with_its_rule() -> None:
    hits = [hit("a", "La prime n'est pas cumulable. Une exception existe : le jeune à charge.")]
    draft = compose(chosen(hits, "exception"), hits=hits, question="")
    assert draft.paragraphs[0].text.startswith("La prime n'est pas cumulable. Une exception")
