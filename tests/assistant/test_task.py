"""The work around an answer: everything said is cited, and nothing is said of the young person."""

import io
from dataclasses import replace

import docx
import pypdf
import pytest

from assistant.__main__ import TASKS
from assistant.answer import Caution
from assistant.ask import Assistant, open_assistant
from assistant.facts import numbers
from assistant.task import KINDS, Deliverable, NothingToWrite, kinds_for, perform
from assistant.task_files import as_text, from_answer, sources_of, write_docx, write_pdf
from ingestion.add import add_paths
from knowledge.catalogue import open_catalogue
from knowledge.sheets import SHEETS
from tests.assistant.conftest import TODAY

QUESTION = "Combien de temps peut durer une PMSMP ?"


@pytest.fixture(scope="module")
def sheets_home(tmp_path_factory):
    """A data folder with two real sheets."""
    home = tmp_path_factory.mktemp("taches")
    add_paths([SHEETS / "pmsmp.md", SHEETS / "cej.md"], home=home, collection="dispositifs")
    return home


@pytest.fixture(scope="module")
def adviser(sheets_home) -> Assistant:
    opened = open_assistant(sheets_home)
    with opened.library:
        yield opened


@pytest.fixture(scope="module")
def catalogue():
    return open_catalogue()


@pytest.fixture(scope="module")
def answer(adviser):
    return adviser.answer(QUESTION)


@pytest.fixture
def do(adviser, answer, catalogue):
    """Do a task after the answer."""

    def do_task(kind, given=answer, **options) -> Deliverable:
        return perform(kind, given, library=adviser.library, catalogue=catalogue, **options)

    return do_task


def test_the_command_knows_every_task():
    assert sorted(TASKS) == sorted((*KINDS, "compare", "template"))


@pytest.mark.parametrize("kind", KINDS)
def test_every_sentence_is_verified_and_its_figures_stand_in_what_it_cites(do, kind):
    found = do(kind)
    quotes = {citation.n: citation.quote for citation in found.citations}

    assert all(each.verified for each in found.sentences)
    for sentence in found.sentences:
        assert sentence.citations
        assert numbers(sentence.text) <= numbers(" ".join(quotes[n] for n in sentence.citations))
        assert sentence.text in found.text
    assert found.citations or found.references


def test_a_mail_speaks_to_the_young_person_and_leaves_the_names_to_fill(do):
    informal, formal = do("mail", manner="tu"), do("mail")

    assert "ce que tu dois savoir" in informal.text
    assert "ce que vous devez savoir" in formal.text
    assert "Bonjour [prénom]," in formal.text
    assert "article" not in formal.text
    assert "- Convention de PMSMP signée par toutes les parties" in formal.text
    assert "vérifiée le 23 novembre 2026" in formal.references[0]


def test_a_text_message_is_short(do):
    for manner in ("tu", "vous"):
        assert len(do("sms", manner=manner).text) <= 320


def test_a_text_message_without_room_says_no_rule(do, answer):
    long = tuple(replace(each, text=each.text + " x" * 200) for each in answer.sentences)
    found = do("sms", replace(answer, sentences=long))

    assert "J'ai la réponse à votre question" in found.text
    assert found.sentences == ()


@pytest.mark.parametrize("manner", ["tu", "vous"])
def test_a_text_message_that_is_asked_for_papers_names_them(do, adviser, manner):
    found = do("sms", adviser.answer("Quels papiers pour une PMSMP ?"), manner=manner)

    assert len(found.text) <= 320
    assert "Convention de PMSMP signée par toutes les parties" in found.text
    assert "vérifiée le 23 novembre 2026" in found.references[0]


def test_papers_are_boxes_to_tick(do):
    assert do("checklist").text.startswith("☐ Convention de PMSMP")


def test_an_interview_is_prepared_in_parts(do):
    text = do("interview").text

    for part in ("Ce qu'il faut savoir", "À vérifier ensemble", "Étapes", "Points de vigilance"):
        assert f"**{part}**" in text
    assert "[1]" in text


def test_simple_words_spell_acronyms_out_once(do):
    text = do("plain").text

    assert text.count("période de mise en situation en milieu professionnel") == 1
    assert "article" not in text


def test_an_amount_keeps_the_date_of_its_source(do, adviser):
    answer = adviser.answer("Combien touche un majeur en CEJ ?")
    for line in do("mail", answer).text.splitlines():
        assert "€" not in line or "20" in line.replace("561,68", "").replace("224,68", "")


def test_a_doubt_is_said_to_the_adviser_and_not_to_the_young_person(do, answer):
    warned = replace(answer, warnings=(Caution("stale", "Source de 2015, à vérifier."),))
    mail = do("mail", warned)

    assert mail.cautions == ("Source de 2015, à vérifier.",)
    assert "Source de 2015" not in mail.text
    assert "nous les vérifierons ensemble" in mail.text
    assert "Source de 2015" in do("interview", warned).text


def test_a_rule_that_is_over_is_said_to_all(do, answer):
    over = Caution("superseded", "Attention : « PMSMP » n'est plus en vigueur.")

    assert (
        "À noter : « PMSMP » n'est plus en vigueur."
        in do("mail", replace(answer, warnings=(over,))).text
    )


def test_what_a_sheet_tells_the_adviser_to_do_is_not_told_to_the_young_person(do, adviser):
    mail = do("mail", adviser.answer("Comment mettre en place une PMSMP ?"), manner="tu")

    assert "le jeune et la structure" not in mail.text
    assert "Bonjour [prénom]" in mail.text


def test_nothing_is_written_from_an_answer_that_is_not_proven(do, answer, catalogue):
    unknown = replace(answer, status="not_found", sentences=(), citations=())

    assert kinds_for(unknown, catalogue=catalogue) == []
    with pytest.raises(NothingToWrite, match="réponse prouvée"):
        do("mail", unknown)


def test_papers_need_a_sheet(do, answer, catalogue):
    elsewhere = replace(
        answer, citations=tuple(replace(each, document_id="autre") for each in answer.citations)
    )

    assert "checklist" not in kinds_for(elsewhere, catalogue=catalogue)
    with pytest.raises(NothingToWrite, match="fiche dispositif"):
        do("checklist", elsewhere)


def test_what_was_said_in_meetings_is_only_summed_up(answer, catalogue):
    said = replace(
        answer,
        citations=tuple(replace(each, collection="consultation") for each in answer.citations),
    )

    assert kinds_for(said, catalogue=catalogue) == ["summary"]


def test_a_summary_of_the_meetings_keeps_their_count_and_what_words_are_worth(do, answer):
    said = replace(
        answer,
        text="Dans 3 réunions.\n\n- Paroles [1]\n\nCe ne sont pas des règles.",
        citations=tuple(replace(each, collection="consultation") for each in answer.citations),
    )
    text = do("summary", said).text

    assert text.startswith("Dans 3 réunions.\n\n- ")
    assert text.endswith("Ce ne sont pas des règles.")


def test_a_word_document_keeps_the_text_and_the_sources(do):
    found = do("interview")
    document = docx.Document(io.BytesIO(write_docx(found, today=TODAY)))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)

    assert document.core_properties.language == "fr-FR"
    for source in sources_of(found):
        assert source in text
    assert "Étapes" in [p.text for p in document.paragraphs if p.style.name == "Heading 2"]


def test_a_pdf_keeps_the_text_the_sources_and_their_addresses(do):
    found = do("interview")
    reader = pypdf.PdfReader(io.BytesIO(write_pdf(found, today=TODAY)))
    text = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    links = {
        str(note.get_object()["/A"]["/URI"])
        for page in reader.pages
        for note in page.get("/Annots", ())
    }

    assert reader.metadata.title == found.title
    assert "Points de vigilance" in text
    assert "Préparé avec Appui le 23 novembre 2026, à relire." in text
    assert {citation.url for citation in found.citations} <= links


def test_what_the_adviser_must_check_opens_the_file(do, answer):
    warned = replace(answer, warnings=(Caution("stale", "Source de 2015, à vérifier."),))
    document = docx.Document(io.BytesIO(write_docx(do("mail", warned), today=TODAY)))
    text = [paragraph.text for paragraph in document.paragraphs]

    assert text.index("À vérifier avant d'envoyer") < text.index("Source de 2015, à vérifier.")
    assert text.index("Le texte") < text.index("Bonjour [prénom],")


def test_an_answer_is_exported_with_its_sources(answer):
    exported = from_answer(answer)
    text = as_text(exported)

    assert exported.title == QUESTION
    assert "[1] Période de mise en situation" in text
    assert write_pdf(exported, today=TODAY).startswith(b"%PDF")


def test_plain_text_can_leave_its_sources_out(do):
    found = do("mail")

    assert "Sources" in as_text(found)
    assert "Sources" not in as_text(found, with_sources=False)
