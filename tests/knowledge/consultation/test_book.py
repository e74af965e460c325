"""From a project to a livre blanc: what stops the build, and what it writes."""

import re
from dataclasses import replace

import pytest

from assistant.mask import mask as mask_of
from knowledge.consultation.book import Evidence
from knowledge.consultation.book_build import SOURCE, build, keep_beside, keep_draft, keep_edited
from knowledge.consultation.book_markdown import read_markdown
from knowledge.consultation.decisions import Decision


def mask(text: str) -> str:
    return mask_of(text).text


@pytest.fixture
def project(make_project):
    return make_project()


@pytest.fixture
def drafted(project, matrix_of):
    """The livre blanc that Appui drafts."""
    return build(project, matrix_of(project), mask=mask)


@pytest.fixture
def edited(project, matrix_of, drafted):
    """Build the draft after some words of it were replaced; return what stops it, by rule."""

    def build_with(old: str, new: str, *, final=False, matrix=None):
        assert old in drafted.source
        source = drafted.source.replace(old, new, 1)
        made = build(project, matrix or matrix_of(project), mask=mask, final=final, source=source)
        assert (made.layout is None) == bool(made.problems)
        return {problem.rule: problem for problem in made.problems}

    return build_with


@pytest.fixture
def sentence(drafted):
    """The sentence on what does not work in double data entry, with its marks."""
    return next(
        line for line in drafted.source.splitlines() if line.count("[^") == 3 and "diffi" in line
    )


def mark_of(built, words: str) -> str:
    return next(each.mark for each in built.evidence.extracts if words in each.words)


def test_a_first_draft_is_built_and_rests_on_every_remark(drafted):
    assert drafted.problems == ()
    assert drafted.is_drafted
    assert drafted.is_draft
    assert drafted.used == len(drafted.evidence.extracts) == 12
    assert all(claim.marks for claim in drafted.manuscript.claims)


def test_meetings_of_an_unknown_date_are_in_the_book(make_project, matrix_of):
    project = make_project(valbas={"date": "septembre 2023"}, jeunes={"date": ""})
    built = build(project, matrix_of(project), mask=mask)

    assert built.problems == ()
    assert built.layout is not None
    assert "sans date" in str(built.layout)


def test_the_draft_counts_meetings_and_regions(sentence):
    assert "3 réunions sur 3 (2 régions : Basses-Rives, Hautes-Rives)" in sentence


def test_young_people_have_their_own_chapter_and_count(drafted):
    young = drafted.source.split("## Parole des jeunes")[1].split("<!--")[0]
    assert "dans une réunion de jeunes sur 1" in young.lower()
    assert "Dans 4 réunions" not in drafted.source


def test_personal_data_is_masked_in_the_draft(drafted):
    assert "Durand" not in drafted.source
    assert "06 12" not in drafted.source
    assert "[nom]" in drafted.source


def test_a_quotation_goes_through_markdown_unchanged(drafted):
    read = read_markdown(drafted.source)
    held = {each.mark: each.words for each in drafted.evidence.extracts}
    assert read.quotations
    assert all(held[each.marks[0]] == each.text for each in read.quotations)


def test_a_sentence_without_extract_stops_the_build(edited):
    wrong = edited("## Besoins et attentes\n", "## Besoins et attentes\n\nTout va mal.\n")
    assert wrong["sans extrait"].sentence == "Tout va mal."
    assert wrong["sans extrait"].line


def test_an_unknown_mark_stops_the_build(edited, sentence):
    wrong = edited(sentence, f"{sentence} [^12345678]")
    assert "12345678" in wrong["extrait inconnu"].reason


def test_a_quantifier_that_the_matrix_does_not_support_stops_the_build(edited, sentence):
    marks = sentence[sentence.index("[^") :]
    wrong = edited(sentence, f"{sentence}\n\nAucun participant ne s'y oppose. {marks}")
    assert "« Aucun »" in wrong["quantité"].reason
    assert "non évoqué" in wrong["quantité"].remedy


def test_a_count_that_is_not_that_of_its_extracts_stops_the_build(edited, sentence):
    first = re.search(r"\[\^\w+\]", sentence)[0]
    wrong = edited(sentence, sentence.replace(first, ""))
    assert "les extraits cités donnent : 1 région" in wrong["quantité"].reason


def test_a_region_where_it_was_not_said_stops_the_build(edited, drafted):
    mark = mark_of(drafted, "carte")
    said = f"En Basses-Rives, une carte est demandée. [^{mark}]\n"
    wrong = edited("## Besoins et attentes\n", f"## Besoins et attentes\n\n{said}")
    assert "Basses-Rives" in wrong["région"].reason


def test_a_silence_may_be_said_where_the_matrix_says_it(edited, drafted):
    mark = mark_of(drafted, "carte")
    place = "## Besoins et attentes\n"
    told = "Une carte est demandée ; non {} en Basses-Rives. [^{}]\n"
    assert edited(place, f"{place}\n{told.format('abordé', mark)}") == {}
    assert "région" in edited(place, f"{place}\n{told.format('évoqué', mark)}")


def test_words_that_are_no_slice_of_the_note_stop_the_build(edited):
    wrong = edited("> On ressaisit tout deux fois", "> On ressaisit tout trois fois")
    assert "mots exacts" in wrong["citation"].remedy


def test_words_left_out_are_told(edited):
    assert edited("> On ressaisit tout deux fois, « bravo", "> On ressaisit […] « bravo") == {}


def test_quoted_words_of_a_sentence_come_from_its_extracts(edited, sentence):
    assert edited(sentence, sentence.replace(".", " : « toujours pareil ».", 1)) == {}
    wrong = edited(sentence, sentence.replace(".", " : « jamais pareil ».", 1))
    assert "jamais pareil" in wrong["citation"].reason


def test_young_people_are_never_added_to_professionals(edited, drafted, sentence):
    wrong = edited(sentence, f"{sentence} [^{mark_of(drafted, 'papiers')}]")
    assert "jeunes et professionnels" in wrong


def test_personal_data_stops_the_build_and_is_not_repeated(edited):
    wrong = edited("#### Agenda", "#### Agenda de Paul Durand, 06 12 34 56 78")
    assert "06 12" not in str(wrong["donnée personnelle"])


def test_a_remark_that_no_sentence_rests_on_stops_the_build(edited, drafted):
    mark = mark_of(drafted, "carte")
    line = next(
        line for line in drafted.source.splitlines() if f"[^{mark}]" in line and line[0] == "U"
    )
    wrong = edited(line, "")
    assert f"[^{mark}]" in wrong["remontée oubliée"].remedy


def test_what_is_neither_title_nor_sentence_nor_quotation_stops_the_build(edited):
    wrong = edited("## Besoins et attentes\n", "## Besoins et attentes\n\n    code\n")
    assert wrong["forme"].sentence == "code"


def test_a_note_that_changed_since_the_draft_stops_the_build(
    make_project, matrix_of, project, drafted
):
    changed = {"good": "- L'agenda partagé est clair (CIP)"}
    again = make_project(valbas=changed)
    made = build(again, matrix_of(again), mask=mask, source=drafted.source)
    rules = {problem.rule for problem in made.problems}
    assert "source changée" in rules


def test_a_set_aside_extract_stops_the_build_and_leaves_a_new_draft(project, matrix_of, drafted):
    extract = next(each for each in drafted.evidence.extracts if "carte" in each.words)
    project.decide(
        Decision(
            remark=extract.coded.remark.id, action="set_aside",
            reason="hors sujet", words=extract.words,
        )
    )  # fmt: skip
    matrix = matrix_of(project)
    made = build(project, matrix, mask=mask, source=drafted.source)
    assert "hors sujet" in next(
        each.reason for each in made.problems if each.rule == "extrait écarté"
    )
    anew = build(project, matrix, mask=mask)
    assert anew.problems == ()
    assert anew.used == 11
    assert len(anew.evidence.matrix.set_aside) == 1


def test_a_final_build_needs_decisions(project, matrix_of, drafted):
    matrix = matrix_of(project)
    made = build(project, matrix, mask=mask, final=True)
    assert {each.rule for each in made.problems} == {
        "remontées à valider", "idées isolées à décider"
    }  # fmt: skip
    accepted = replace(
        matrix,
        coded=tuple(_accepted(each) for each in matrix.coded),
        young=tuple(_accepted(each) for each in matrix.young),
        published=frozenset(each.remark.id for each in matrix.coded),
    )
    made = build(project, accepted, mask=mask, final=True)
    assert made.problems == ()
    assert not made.is_draft
    assert "### Publiées" in made.source
    assert "À publier ou à écarter" not in made.source


def _accepted(coded):
    return replace(coded, standing=replace(coded.standing, status="accepted"))


def test_a_draft_that_nobody_touched_is_drafted_anew(project, matrix_of, drafted):
    keep_draft(project, drafted.source)
    assert build(project, matrix_of(project), mask=mask).is_drafted


def test_a_source_that_people_edited_is_read_as_it_is(project, matrix_of, drafted):
    path = keep_draft(project, drafted.source)
    path.write_text(drafted.source.replace("# Livre blanc", "# Notre livre blanc", 1))
    made = build(project, matrix_of(project), mask=mask)
    assert not made.is_drafted
    assert made.manuscript.title.startswith("Notre livre blanc")
    before = path.read_text()
    assert keep_beside(project, drafted.source).name == "livre-blanc-2.md"
    assert path.read_text() == before
    keep_edited(project, drafted.source)
    assert (project.folder / "livre-blanc-3.md").read_text() == before
    assert (project.folder / SOURCE).read_text() == drafted.source


def test_marks_are_short_and_name_one_remark(project, matrix_of):
    evidence = Evidence(matrix_of(project), mask=mask)
    marks = [each.mark for each in evidence.extracts]
    assert len(set(marks)) == len(marks)
    assert all(re.fullmatch(r"[0-9a-f]{8}", mark) for mark in marks)
    assert evidence.mark_of(evidence.extracts[0].coded) == marks[0]


def test_the_name_of_a_region_is_no_personal_data(make_project, matrix_of):
    north = {name: {"region": "Nord"} for name in ("brumeval", "clairmont", "valbas", "jeunes")}
    project = make_project(**north)
    made = build(project, matrix_of(project), mask=lambda text: mask(text).replace("Nord", "[nom]"))
    assert made.problems == ()
    assert "(Nord)" in made.source


def test_what_tells_which_young_person_spoke_is_suppressed(make_project, matrix_of):
    said = {"wishes": "- Des SMS, « moi j'ai 17 ans et à Brumeval on ne lit pas les mails »"}
    project = make_project(jeunes=said)
    made = build(project, matrix_of(project), mask=mask)
    assert made.problems == ()
    assert "17 ans" not in made.source
    assert "[âge]" in made.source
    mark = mark_of(made, "[âge]")
    place = "## Parole des jeunes\n"
    told = f"{place}\nDes SMS sont demandés par un jeune de 17 ans. [^{mark}]\n"
    again = build(
        project, matrix_of(project), mask=mask, source=made.source.replace(place, told, 1)
    )
    assert "donnée personnelle" in {each.rule for each in again.problems}
