"""What was said in a meeting is cut into remarks; what nobody said is left out."""

import pytest

from assistant.meeting_question import topic_of
from assistant.remarks import SURE, Remark, relevant, remarks_of
from knowledge.documents import Hit, Passage, Source

NOTE = """\
Ce qui va :
- le portefeuille du conseiller, clair et à jour
Ce qui ne va pas :
- le même jeune est créé trois fois. « On n'en finit pas. » (conseillère)
- l'agenda ne se partage pas ;
Le reste tient la route, avec de la patience."""


def hit(text: str, *sections: str, note: str = "reunion") -> Hit:
    passage = Passage(
        id=f"{note}#0",
        document_id=note,
        position=0,
        start=0,
        end=len(text),
        text=text,
        section_path=sections,
    )
    source = Source(id=note, title="Réunion", collection="consultation", kind="markdown")
    return Hit(passage=passage, source=source, score=0, dense=0, lexical=0)


def remarks(text: str, *sections: str) -> list[Remark]:
    return remarks_of([hit(text, *sections)])


def said(text: str, *sections: str) -> list[str]:
    return [remark.said for remark in remarks(text, *sections)]


def part(text: str, *sections: str) -> str | None:
    (remark,) = remarks(text, *sections)
    return remark.part


# What is a remark


def test_a_remark_is_an_item_of_a_list_or_a_sentence() -> None:
    assert said(NOTE, "État des lieux") == [
        "le portefeuille du conseiller, clair et à jour",
        "le même jeune est créé trois fois. « On n'en finit pas. » (conseillère)",
        "l'agenda ne se partage pas",
        "Le reste tient la route, avec de la patience.",
    ]


def test_a_remark_is_an_exact_slice_of_its_passage() -> None:
    for remark in remarks(NOTE, "État des lieux"):
        assert NOTE[remark.start : remark.end] == remark.text
        assert remark.said in remark.text


def test_an_item_of_several_sentences_is_one_remark() -> None:
    text = "- On recopie. Tous les jours ! « C'est long. » (conseillère)"
    (remark,) = remarks(text)
    assert remark.text == text


def test_the_sentences_of_a_paragraph_are_a_remark_each() -> None:
    assert said("L'agenda est trop lent. Les SMS ne partent pas.") == [
        "L'agenda est trop lent.",
        "Les SMS ne partent pas.",
    ]


def test_a_row_of_a_table_is_a_remark_and_its_header_is_none() -> None:
    text = "Thème | Remarque\nAgenda | Il ne se partage pas\nSMS | Ils ne partent pas"
    assert said(text) == ["Agenda – Il ne se partage pas", "SMS – Ils ne partent pas"]
    assert [remark.text for remark in remarks(text)] == text.split("\n")[1:]


@pytest.mark.parametrize(
    "text",
    [
        "Peut-on partager l'agenda entre deux sites ?",
        "- Peut-on partager l'agenda entre deux sites ?",
        "Ce qui ne fonctionne pas :",
        "Saisie et nombre d'écrans",
        "- oui",
        "",
    ],
)
def test_a_question_a_title_or_a_lone_word_is_no_remark(text: str) -> None:
    assert said(text) == []


@pytest.mark.parametrize(
    "title", ["Logistique", "Questions", "Ordre du jour", "Prochaine réunion", "LOGISTIQUE"]
)
def test_nobody_gives_an_opinion_under_a_title_of_organisation(title: str) -> None:
    text = "- La salle était trop petite pour tout le monde."
    assert said(text, title) == []
    assert said(text, "État des lieux", title) == []
    assert said(text, "État des lieux") != []


@pytest.mark.parametrize(
    "notice",
    [
        "Compte rendu fictif (démonstration).",
        "Compte rendu fictif, écrit pour un essai : aucune de ces paroles n'a été prononcée.",
    ],
)
def test_the_notice_that_a_note_is_invented_was_said_by_nobody(notice: str) -> None:
    assert said(f"{notice}\n\nL'agenda est trop lent.") == ["L'agenda est trop lent."]


def test_what_introduces_a_list_of_logistics_leaves_it_out_too() -> None:
    text = "Logistique :\n- La salle était trop petite pour tout le monde."
    assert said(text, "Réunion") == []


def test_the_remarks_of_two_notes_come_in_their_order() -> None:
    first = hit("- L'agenda ne se partage pas.", note="une")
    second = hit("- L'agenda rame le lundi matin.", note="deux")
    assert [remark.note for remark in remarks_of([first, second])] == ["une", "deux"]


def test_notes_without_remarks_give_none() -> None:
    assert remarks_of([]) == []
    assert remarks_of([hit("Titre seul")]) == []


# What works, what does not, what is needed


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Ce qui fonctionne", "fonctionne"),
        ("Ce qui marche bien", "fonctionne"),
        ("Ce qui va", "fonctionne"),
        ("Ce qui va bien", "fonctionne"),
        ("Ce qui va changer en janvier", None),
        ("Points forts", "fonctionne"),
        ("Ce qui ne fonctionne pas", "ne fonctionne pas"),
        ("Ce qui ne marche pas", "ne fonctionne pas"),
        ("Ce qui ne va pas", "ne fonctionne pas"),
        ("Points faibles", "ne fonctionne pas"),
        ("Besoins et attentes", "besoins"),
        ("Propositions", "besoins"),
        ("État des lieux", "état des lieux"),
        ("Divers", None),
    ],
)
def test_the_part_of_a_remark_is_that_of_the_title_above_it(title: str, expected: str) -> None:
    assert part("- L'agenda de la structure.", title) == expected


def test_the_nearest_title_tells_the_part() -> None:
    text = "- L'agenda de la structure."
    assert part(text, "État des lieux", "Ce qui ne fonctionne pas") == "ne fonctionne pas"
    assert part(text, "État des lieux", "Divers") == "état des lieux"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Ce qui fonctionne :", "fonctionne"),
        ("Ce qui va :", "fonctionne"),
        ("Ce qui ne fonctionne pas :", "ne fonctionne pas"),
        ("Ce qui ne va pas", "ne fonctionne pas"),
    ],
)
def test_the_line_that_introduces_a_list_tells_its_part(line: str, expected: str) -> None:
    assert part(f"{line}\n- L'agenda de la structure.", "État des lieux") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(+) L'agenda est clair.", "fonctionne"),
        ("(-) L'agenda ne se partage pas.", "ne fonctionne pas"),
        ("- (+) L'agenda est clair.", "fonctionne"),
        ("- (-) L'agenda ne se partage pas.", "ne fonctionne pas"),
        ("Ce qui ne va pas : l'agenda de la structure.", "ne fonctionne pas"),
        ("Ce qui marche : l'agenda de la structure.", "fonctionne"),
        ("Ce qui est bien : l'agenda de la structure.", "fonctionne"),
        ("Ce qui va : l'agenda de la structure.", "fonctionne"),
        ("Besoin : un agenda qui se partage.", "besoins"),
    ],
)
def test_a_remark_may_open_with_its_part(text: str, expected: str) -> None:
    assert part(text, "État des lieux") == expected


def test_words_within_a_remark_do_not_tell_its_part() -> None:
    assert part("- Il faudrait un agenda qui fonctionne.", "Besoins et attentes") == "besoins"


# Which remarks speak of a topic


NOTES = [
    "- On tape tout deux fois, I-Milo puis le tableau.",
    "- La ressaisie prend une heure par jour.",
    "- L'agenda ne se partage pas entre les sites.",
    "- Un covoiturage vers les réunions serait apprécié.",
    "- La bascule d'un onglet à l'autre est pénible.",
    "- Le café de la salle est excellent.",
]


def spoken_of(question: str) -> list[str]:
    """Return the notes whose remark speaks of what is asked."""
    hits = [hit(text, "État des lieux", note=str(n)) for n, text in enumerate(NOTES)]
    found = relevant(remarks_of(hits), topic_of(question, places=()))
    return [remark.note for remark, _ in found]


def test_a_topic_is_found_in_the_words_of_each_meeting() -> None:
    assert spoken_of("Que dit-on de la double saisie ?") == ["0", "1"]


def test_a_topic_without_theme_is_found_by_its_words() -> None:
    assert spoken_of("Que dit-on du covoiturage ?") == ["3"]


def test_what_nobody_speaks_of_is_not_found() -> None:
    assert spoken_of("Que dit-on du télétravail ?") == []


def test_a_word_shared_with_a_topic_of_several_words_is_not_enough() -> None:
    assert spoken_of("Que dit-on du prix du café bio à emporter ?") == []


def test_how_surely_a_remark_speaks_grows_with_the_words_that_it_holds() -> None:
    hits = [
        hit("- La double saisie au comptoir nous épuise.", note="sure"),
        hit("- On recopie toute la journée.", note="moins"),
        *(hit(text, note=str(n)) for n, text in enumerate(NOTES)),
    ]
    topic = topic_of("Que dit-on de la double saisie au comptoir ?", places=())
    found = {remark.note: sure for remark, sure in relevant(remarks_of(hits), topic)}
    assert found["sure"] >= SURE
    assert found["sure"] > found["moins"]


def test_no_remark_speaks_of_anything_when_there_is_none() -> None:
    assert relevant([], topic_of("Que dit-on de la double saisie ?", places=())) == []


def test_what_every_remark_says_is_said_all_the_same() -> None:
    alone = remarks_of([hit("- La double saisie nous prend une heure.", note="seule")])
    topic = topic_of("Que dit-on de la double saisie ?", places=())
    assert [remark.note for remark, _ in relevant(alone, topic)] == ["seule"]
