"""What was said in a small invented consultation: counted, quoted, and never more than was said."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant.answer import Answer
from assistant.ask import Assistant
from ingestion.add import add_paths
from knowledge.library import open_library

SERENE_1 = """\
## État des lieux

Ce qui fonctionne :
- L'historique des entretiens est lisible.

Ce qui ne fonctionne pas :
- On complète trois grilles. « On tape tout deux fois, c'est usant. » (conseillère)
- Les textos ne partent pas de l'outil.

## Besoins et attentes

- Un agenda partagé entre les sites.
"""
SERENE_2 = """\
## Logistique

- La double saisie sera traitée dans une autre réunion.

## État des lieux

(+) Les courriers types font gagner du temps.

(-) L'agenda ne se partage pas.

(-) L'agenda perd des rendez-vous le lundi.

## Questions

- La double saisie va-t-elle cesser ?
"""
SLATE_1 = """\
## État des lieux

- La ressaisie dans le tableau du financeur prend une matinée.
- Un covoiturage vers les permanences manque à tous.

## Besoins et attentes

- Un agenda qui se partage, enfin.
"""
SLATE_YOUNG = """\
## Besoins et attentes

- Recevoir un texto la veille. « Sinon j'oublie. » (un jeune)
- Un agenda que l'on peut lire depuis son canapé.
"""
RUSSET_1 = """\
## État des lieux

- Saisir en double n'est plus un souci depuis le printemps, la double saisie a disparu.
"""
INTERVIEW = """\
# Entretien avec une ambassadrice

La double saisie est revenue dans toutes les salles.
"""

NOTES = {
    "serein-1": ("Val-Serein", "2026-09-01", "professionnels", SERENE_1),
    "serein-2": ("Val-Serein", "2026-09-08", "professionnels", SERENE_2),
    "ardoise-1": ("Haute-Ardoise", "2026-09-03", "professionnels", SLATE_1),
    "ardoise-2": ("Haute-Ardoise", "2026-09-10", "jeunes", SLATE_YOUNG),
    "rousse-1": ("Île-Rousse", "2026-09-05", "professionnels", RUSSET_1),
}


def write(folder: Path, name: str, *, region: str, day: str, public: str, body: str, fictif: str):
    header = (
        f'---\ntitre: "Réunion {name}"\ndate: {day}\nregion: {region}\nlieu: Ville\n'
        f"format: présentiel\nparticipants: 9\npublic: {public}\nordre_du_jour:\n  - Le SI\n"
        f"fictif: {fictif}\n---\n\n"
    )
    (folder / f"{name}.md").write_text(header + body, encoding="utf-8")


def write_all(folder: Path, *, fictif: str) -> None:
    for name, (region, day, public, body) in NOTES.items():
        write(folder, name, region=region, day=day, public=public, body=body, fictif=fictif)


@pytest.fixture(scope="module")
def consult(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Assistant]]:
    """Return an assistant that knows the notes of a folder."""
    opened = []

    def index(folder: Path) -> Assistant:
        home = tmp_path_factory.mktemp("appui")
        report = add_paths([folder], home=home, collection="consultation")
        assert not report.rejected
        opened.append(open_library(home))
        return Assistant(opened[-1])

    yield index
    for library in opened:
        library.close()


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory, consult) -> Assistant:
    """An assistant that knows five meetings in three regions, and an interview."""
    folder = tmp_path_factory.mktemp("notes")
    write_all(folder, fictif="non")
    (folder / "entretien.md").write_text(INTERVIEW, encoding="utf-8")
    return consult(folder)


@pytest.fixture(scope="module")
def invented(tmp_path_factory: pytest.TempPathFactory, consult) -> Assistant:
    """An assistant that knows the same meetings, said to be fictional."""
    folder = tmp_path_factory.mktemp("notes")
    write_all(folder, fictif="oui")
    return consult(folder)


def quoted_in(answer: Answer) -> list[str]:
    """Return the lines of an answer that give the words of somebody."""
    return [line for line in answer.text.split("\n") if line.startswith("- ") and "[" in line]


def notes_in(answer: Answer) -> set[str]:
    return {citation.document_id for citation in answer.citations}


# How many meetings, how many regions


def test_the_meetings_and_the_regions_that_spoke_are_counted_first(real: Assistant) -> None:
    answer = real.answer("Que dit-on de la double saisie ?")
    assert answer.status == "answered"
    assert answer.text.startswith(
        "On parle de « double saisie » dans 3 réunions sur 5, dans 3 régions sur 3 ("
    )
    for region in ("Haute-Ardoise 1", "Val-Serein 1", "Île-Rousse 1"):
        assert region in answer.text.split("\n")[0]


def test_a_meeting_that_speaks_twice_of_it_counts_once(real: Assistant) -> None:
    answer = real.answer("Que dit-on de l'agenda ?")
    assert answer.text.startswith(
        "On parle de « agenda » dans 4 réunions sur 5, dans 2 régions sur 3"
        " (Haute-Ardoise 2, Val-Serein 2)."
    )
    assert len(quoted_in(answer)) == len(answer.citations) == 4


def test_what_was_neither_said_in_a_meeting_nor_an_opinion_is_not_counted(real: Assistant) -> None:
    answer = real.answer("Que dit-on de la double saisie ?")
    assert "serein-2" not in notes_in(answer)


def test_a_document_that_is_no_meeting_is_counted_apart(real: Assistant) -> None:
    answer = real.answer("Que dit-on de la double saisie ?")
    assert answer.text.split("\n")[0].endswith(") et 1 autre document.")
    assert "- **Entretien avec une ambassadrice** : La double saisie" in answer.text


def test_no_document_apart_is_counted_where_there_is_none(invented: Assistant) -> None:
    answer = invented.answer("Que dit-on de la double saisie ?")
    assert "dans 3 réunions sur 5" in answer.text
    assert "autre document" not in answer.text


def test_what_one_meeting_only_said_is_said_to_be_so(real: Assistant) -> None:
    answer = real.answer("Que dit-on du covoiturage ?")
    assert answer.text.startswith(
        "On parle de « covoiturage » dans 1 réunion sur 5, dans 1 région sur 3 (Haute-Ardoise 1)."
    )
    assert notes_in(answer) == {"ardoise-1"}


QUESTIONS = (
    "Que dit-on de la double saisie ?",
    "Que dit-on de la double saisie en Val-Serein ?",
    "Que dit-on du covoiturage en Val-Serein ?",
    "Que demandent les jeunes ?",
    "Quelles sont les attentes ?",
    "De quoi parle-t-on ?",
)


@pytest.mark.parametrize("question", QUESTIONS)
def test_no_answer_gives_a_percentage(real: Assistant, question: str) -> None:
    answer = real.answer(question)
    assert answer.status == "answered"
    assert "%" not in answer.text
    assert "pour cent" not in answer.text


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_answer_says_that_these_are_opinions_not_rules(
    real: Assistant, question: str
) -> None:
    closing = real.answer(question).text.split("\n\n")[-1]
    assert "pas des règles" in closing
    assert "un silence n'est ni un accord ni un désaccord" in closing


# In their words


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_citation_is_a_slice_of_its_note(real: Assistant, question: str) -> None:
    answer = real.answer(question)
    assert answer.citations
    for citation in answer.citations:
        text = real.library.document(citation.document_id).text
        assert citation.quote
        assert text[citation.start : citation.end] == citation.quote
        assert citation.collection == "consultation"


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_words_given_are_those_of_the_citation_that_they_bear(
    real: Assistant, question: str
) -> None:
    answer = real.answer(question)
    quotes = {f"[{citation.n}]": citation.quote for citation in answer.citations}
    assert quoted_in(answer)
    for line in quoted_in(answer):
        _, _, said = line.partition("** : ") if "** : " in line else line.partition(" : ")
        words, _, mark = said.rpartition(" ")
        assert words.rstrip() in quotes[mark]


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_sentence_is_verified_and_its_citations_are_given(
    real: Assistant, question: str
) -> None:
    answer = real.answer(question)
    numbers = {citation.n for citation in answer.citations}
    assert numbers == set(range(1, len(answer.citations) + 1))
    assert numbers == {n for sentence in answer.sentences for n in sentence.citations}
    assert all(sentence.verified for sentence in answer.sentences)


def test_a_count_is_proved_by_every_meeting_that_it_counts(real: Assistant) -> None:
    answer = real.answer("Que dit-on de la double saisie ?")
    documents = {citation.n: citation.document_id for citation in answer.citations}
    proofs = {documents[n] for n in answer.sentences[0].citations}
    assert proofs == {"serein-1", "ardoise-1", "rousse-1", "entretien"}


def test_who_spoke_stays_with_what_was_said(real: Assistant) -> None:
    answer = real.answer("Que dit-on de la double saisie ?")
    assert "« On tape tout deux fois, c'est usant. » (conseillère)" in answer.text


def test_each_word_is_given_with_where_and_when_it_was_said(real: Assistant) -> None:
    answer = real.answer("Que dit-on du covoiturage ?")
    assert quoted_in(answer) == [
        "- **Haute-Ardoise**, 3 septembre 2026 : Un covoiturage vers les permanences manque à"
        " tous. [1]"
    ]


# A region


def test_a_region_that_is_named_is_answered_before_the_others(real: Assistant) -> None:
    answer = real.answer("Que dit-on de la double saisie en Val-Serein ?")
    assert "dans 1 réunion sur 2," in answer.text.split("\n")[0]
    assert "(Val-Serein 1)" in answer.text.split("\n")[0]
    assert all("**Val-Serein**" in line for line in quoted_in(answer))
    elsewhere = answer.text.partition("Aussi ailleurs : ")[2]
    assert elsewhere.startswith("2 réunions sur 3, dans 2 régions sur 2 (")
    assert "et 1 autre document" in elsewhere


def test_a_region_that_is_silent_is_said_to_be_and_the_others_are_given(real: Assistant) -> None:
    answer = real.answer("Que dit-on du covoiturage en Val-Serein ?")
    assert answer.text.startswith("Rien sur « covoiturage » ici, mais ailleurs : 1 réunion sur 3")
    assert notes_in(answer) == {"ardoise-1"}
    assert "**Haute-Ardoise**" in quoted_in(answer)[0]


def test_a_region_can_be_named_without_its_accents(real: Assistant) -> None:
    answer = real.answer("que dit-on de la double saisie en ile-rousse ?")
    assert "dans 1 réunion sur 1," in answer.text.split("\n")[0]


def test_a_region_without_any_meeting_is_said_to_have_none(real: Assistant) -> None:
    answer = real.answer("Que dit-on de l'agenda en Bretagne ?")
    assert answer.status == "not_found"
    assert answer.text.startswith("Je n'ai aucun compte rendu de la région Bretagne.")
    assert "Haute-Ardoise" in answer.text
    assert answer.citations == ()


def test_the_meeting_is_not_taken_for_the_island(real: Assistant) -> None:
    assert "La Réunion" not in real.answer("Que dit-on de l'agenda selon la réunion ?").text
    assert "La Réunion" in real.answer("Que dit-on de l'agenda à La Réunion ?").text


def test_what_the_professionals_expect_leaves_the_young_people_out(real: Assistant) -> None:
    answer = real.answer("Qu'attendent les professionnels de l'agenda ?")
    assert "ardoise-2" not in {citation.document_id for citation in answer.citations}
    assert "sur 4" in answer.text


def test_the_attentes_of_a_region_are_those_of_its_meetings(real: Assistant) -> None:
    answer = real.answer("Quelles sont les attentes en Val-Serein ?")
    assert notes_in(answer) == {"serein-1"}
    assert "1 réunion sur 2" in answer.text.split("\n")[0]


# The young people's group


def test_what_the_young_people_ask_for_is_what_they_said_themselves(real: Assistant) -> None:
    answer = real.answer("Que demandent les jeunes ?")
    assert notes_in(answer) == {"ardoise-2"}
    assert all("groupe de jeunes" in line for line in quoted_in(answer))


def test_a_topic_asked_of_the_young_people_is_answered_by_them(real: Assistant) -> None:
    answer = real.answer("Que disent les jeunes de l'agenda ?")
    assert notes_in(answer) == {"ardoise-2"}
    assert "depuis son canapé" in answer.text


def test_the_young_people_are_named_among_the_others(real: Assistant) -> None:
    lines = quoted_in(real.answer("Que dit-on de l'agenda ?"))
    young = [line for line in lines if "groupe de jeunes" in line]
    assert len(young) == 1
    assert "canapé" in young[0]


# No topic


def test_a_question_without_topic_gets_what_comes_up_most(real: Assistant) -> None:
    answer = real.answer("De quoi parle-t-on ?")
    assert answer.text.startswith("Des remarques dans 5 réunions sur 5, dans 3 régions sur 3")
    themes = [
        line for line in answer.text.split("\n") if line.startswith("- **") and "[" not in line
    ]
    assert themes[:2] == [
        "- **agenda** : 4 réunions, 2 régions",
        "- **double saisie** : 3 réunions, 3 régions",
    ]
    assert "Quelques paroles :" in answer.text


def test_what_comes_up_most_can_be_asked_about_next(real: Assistant) -> None:
    answer = real.answer("De quoi parle-t-on ?")
    assert answer.suggestions[0] == "Que dit-on de « agenda » dans la consultation ?"
    for question in answer.suggestions:
        assert real.answer(question).status == "answered"


@pytest.mark.parametrize(
    ("question", "opening", "said", "unsaid"),
    [
        ("Quelles sont les attentes ?", "Sur les besoins et les attentes,", "canapé", "covoitur"),
        ("Qu'est-ce qui fonctionne ?", "Sur ce qui fonctionne,", "courriers types", "texto"),
        ("Qu'est-ce qui ne marche pas ?", "Sur ce qui ne fonctionne pas,", "usant", "courriers"),
    ],
)
def test_a_part_of_the_meetings_can_be_asked_for_alone(
    real: Assistant, question: str, opening: str, said: str, unsaid: str
) -> None:
    answer = real.answer(question)
    assert answer.text.startswith(f"{opening} des remarques dans ")
    assert any(said in line for line in quoted_in(answer))
    assert not any(unsaid in citation.quote for citation in answer.citations)


# Nobody said it


def test_what_nobody_said_is_a_silence_and_no_agreement(invented: Assistant) -> None:
    answer = invented.answer("Que dit-on du télétravail ?")
    assert answer.status == "not_found"
    assert not answer.citations
    assert "personne qui en parle dans les 5 comptes rendus" in answer.text
    assert "Un silence n'est ni un accord ni un désaccord." in answer.text
    assert "À qui demander" in answer.text


def test_a_silence_leads_to_what_was_spoken_of(invented: Assistant) -> None:
    answer = invented.answer("Que dit-on du télétravail ?")
    assert answer.suggestions
    for question in answer.suggestions:
        assert invented.answer(question).status == "answered"


# Fictional notes


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_answer_from_fictional_notes_says_so_before_any_word(
    invented: Assistant, question: str
) -> None:
    answer = invented.answer(question)
    notice = answer.text.index("Comptes rendus fictifs (démonstration)")
    assert notice < answer.text.index("\n- **")
    assert all(citation.fictional for citation in answer.citations)


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_answer_from_real_notes_speaks_of_no_demonstration(
    real: Assistant, question: str
) -> None:
    answer = real.answer(question)
    assert "fictif" not in answer.text
    assert not any(citation.fictional for citation in answer.citations)


def test_the_demonstration_is_left_out_as_soon_as_there_is_a_real_meeting(
    tmp_path: Path, consult: Callable[..., Assistant]
) -> None:
    write_all(tmp_path, fictif="oui")
    said = "## État des lieux\n\n- La double saisie nous prend une heure par jour.\n"
    write(tmp_path, "vraie", region="Val-Serein", day="2026-10-01", public="professionnels",
          body=said, fictif="non")  # fmt: skip
    answer = consult(tmp_path).answer("Que dit-on de la double saisie ?")
    assert "dans 1 réunion sur 1," in answer.text
    assert notes_in(answer) == {"vraie"}
    assert "fictif" not in answer.text


# The town of a meeting


@pytest.fixture(scope="module")
def towns(tmp_path_factory: pytest.TempPathFactory, consult) -> Assistant:
    """An assistant that knows two meetings of one region, each named after its town."""
    folder = tmp_path_factory.mktemp("towns")
    for name, town, body in (("bise-1", "de Brécombe", SERENE_2), ("bise-2", "d'Orlagne", SLATE_1)):
        write(folder, name, region="Val-Serein", day="2026-09-01", public="professionnels",
              body=body, fictif="oui")  # fmt: skip
        file = folder / f"{name}.md"
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace(f"Réunion {name}", f"Consultation, réunion {town}"), "utf-8")
    return consult(folder)


def test_the_town_of_a_meeting_names_that_meeting(towns: Assistant) -> None:
    answer = towns.answer("l'agenda à Orlagne, qu'est-ce qui a été dit ?")
    first, *_ = quoted_in(answer)
    assert answer.citations[0].document_id == "bise-2"
    assert "se partage, enfin" in first
    assert "Aussi ailleurs" in answer.text


def test_a_town_alone_is_enough_when_the_meeting_surely_spoke_of_it(towns: Assistant) -> None:
    answer = towns.answer("double saisie a orlagne, ça coince où")
    assert answer.citations[0].document_id == "bise-2"


def test_a_town_says_nothing_of_a_subject_that_nobody_spoke_of(towns: Assistant) -> None:
    assert towns.answer("prix de la piscine à Orlagne").status == "not_found"
