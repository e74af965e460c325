"""The consultation's page: from notes to the matrix, on the fictional notes."""

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from knowledge.consultation.build import open_matrix
from knowledge.consultation.project import Project
from knowledge.embedding import load_embedder
from knowledge.remembering import Remembering
from pages import consultation_data, consultation_table
from tests.pages.test_chat import html_of


def _page():
    from pages.consultation import show_consultation

    show_consultation()


@pytest.fixture(scope="module")
def embedder():
    """The bundled model, which computes each vector once for all tests."""
    return Remembering(load_embedder())


@pytest.fixture
def shown(app, embedder, monkeypatch):
    """The page alone, with the data folder of the test."""
    monkeypatch.setattr(consultation_data, "load_embedder", lambda: embedder)
    return AppTest.from_function(_page, default_timeout=60).run()


@pytest.fixture
def read(shown):
    """The page once the fictional notes are read."""
    return shown.button(key="notes-demo").click().run()


def choose(page, view: str):
    """Choose a view of the matrix."""
    return page.segmented_control(key="consultation view").set_value(view).run()


def step(page, name: str, way: str | None = None):
    """Go to a step, and to a way of qualifying."""
    page.segmented_control(key="consultation step").set_value(name).run()
    if way:
        page.segmented_control(key="consultation way").set_value(way).run()
    return page


def decisions(tmp_path):
    """Return what was decided."""
    return Project(tmp_path / "consultation").decisions()


def words_of(page) -> str:
    """Return all that a page says."""
    told = [*page.markdown, *page.success, *page.error]
    return html_of(page) + "\n".join(each.value for each in told)


def test_an_empty_page_says_what_it_is_for_and_offers_a_trial(shown):
    assert "relève ce qui a été dit" in shown.markdown[0].value
    assert shown.button(key="notes-demo").label == "Essayer avec les comptes rendus fictifs"


def test_two_files_of_one_name_are_two_meetings_and_what_was_not_read_is_said(shown, tmp_path):
    notes = [
        f"---\nregion: {region}\ndate: {date}\nanimateur: X\nfictif: oui\n---\n\n- {said}\n"
        for region, date, said in (
            ("Hautes-Rives", "2023-09-05", "L'agenda partagé est très pratique"),
            ("Basses-Rives", "2023-09-12", "Le tableau de bord est trop chargé"),
        )
    ]
    files = [("reunion.md", note.encode(), "text/markdown") for note in notes]
    shown.file_uploader(key="notes").set_value(files)
    next(each for each in shown.button if each.label == "Importer").click().run()

    kept = Project(tmp_path / "consultation").notes()
    assert sorted(note.region for note in kept) == ["Basses-Rives", "Hautes-Rives"]
    assert "2 comptes rendus importés." in words_of(shown)
    assert "reunion.md : ligne 4 : la clé « animateur » est inconnue" in words_of(shown)


def test_the_matrix_says_each_state_in_words_and_that_nobody_decided(read, tmp_path):
    said = html_of(read)

    assert "19 comptes rendus" in said
    assert "personne ne les a encore validés" in said
    assert "Comptes rendus fictifs (démonstration)" in said
    assert '<th scope="col">Côte-de-Brume</th>' in said
    assert "</span> contredit</summary><ul><li>" in said
    assert len(Project(tmp_path / "consultation").notes()) == 19


def test_a_theme_opens_its_extracts_by_region(read):
    choose(read, "extracts")
    read.selectbox(key="notes-theme").set_value("agenda").run()

    assert "<h2>Hautes-Lisières</h2>" in html_of(read)
    assert "agenda OK, rien à signaler" in html_of(read)


@pytest.mark.parametrize(
    ("view", "words"),
    [
        ("isolated", "Dites dans une seule réunion"),
        ("contradictions", "À l'inverse"),
        ("convergences", "attendent-elles la même chose"),
        ("young", "jamais additionnées"),
    ],
)
def test_every_other_view_shows_its_extracts(read, view, words):
    choose(read, view)

    assert words in words_of(read)
    assert 'class="from"' in html_of(read)


def test_a_project_that_was_changed_by_hand_is_one_sentence(read, tmp_path):
    note = next((tmp_path / "consultation" / "notes").glob("*.txt"))
    note.write_text("autre chose", encoding="utf-8")
    note.with_suffix(".json").touch()

    assert "a été changé" in read.run().error[0].value


def test_a_remark_is_accepted_changed_and_given_its_history(read, tmp_path):
    step(read, "qualify")
    assert "Remontée 1 sur 217" in html_of(read)
    read.text_input(key="consultation coder").set_value("A. B.").run()
    read.button(key="accept").click().run()
    first = decisions(tmp_path)[0]
    assert (first.action, first.coder) == ("accept", "A. B.")
    assert first.theme
    assert first.kind
    assert first.words
    assert "Remontée 1 sur 216" in html_of(read)
    assert "1 remontée décidée sur 217" in html_of(read)

    read.button(key="kind-attente").click().run()
    assert (decisions(tmp_path)[1].action, decisions(tmp_path)[1].kind) == ("change", "attente")
    read.selectbox(key="qualify-state").set_value("accepted").run()
    assert "A. B. · validée" in html_of(read)
    read.button(key="restore").click().run()
    assert decisions(tmp_path)[-1].action == "restore"


def test_a_remark_is_set_aside_with_a_reason_only(read, tmp_path):
    step(read, "qualify")
    read.button(key="aside").click().run()
    assert "rien ne s'écarte sans raison" in words_of(read)
    reason = next(each for each in read.selectbox if each.label == "Pourquoi l'écarter ?")
    reason.set_value("Hors sujet").run()
    read.button(key="aside").click().run()

    assert decisions(tmp_path)[0].reason == "Hors sujet"
    assert "dont 1 écartée" in html_of(read)


def test_a_remark_is_split_and_put_together_again(read, tmp_path):
    step(read, "qualify")
    parts = next(each for each in read.text_area if each.label.startswith("Séparer"))
    words = parts.value
    parts.set_value("jamais dit\nni cela").run()
    read.button(key="split").click().run()
    assert "n'est pas un extrait exact" in words_of(read)
    assert decisions(tmp_path) == []

    first, _, rest = words.partition(" ")
    parts = next(each for each in read.text_area if each.label.startswith("Séparer"))
    parts.set_value(f"{first}\n{rest}").run()
    read.button(key="split").click().run()
    assert len(decisions(tmp_path)[0].spans) == 2
    assert "Remontée 1 sur 218" in html_of(read)
    read.button(key="undo").click().run()
    assert "Remontée 1 sur 217" in html_of(read)


def test_joining_asks_with_which_remark(read):
    step(read, "qualify")
    read.button(key="merge").click().run()

    assert "Choisissez avec quelle autre" in words_of(read)


def test_what_is_sure_is_accepted_at_once(read, tmp_path):
    step(read, "qualify")
    read.selectbox(key="qualify-region").set_value("Côte-de-Brume").run()
    read.button(key="accept-sure").click().run()

    made = decisions(tmp_path)
    assert {each.action for each in made} == {"accept"}
    assert len(made) > 20
    assert f"{len(made)} remontées validées." in words_of(read)


def test_a_sentence_that_was_passed_over_is_kept_or_read(read, tmp_path):
    step(read, "qualify", "unread")
    for note in read.selectbox(key="passed-note").options:
        read.selectbox(key="passed-note").select(note).run()
        keep = [each for each in read.button if each.label == "Garder"]
        if len(keep) > 1:
            break
    keep[0].click().run()
    assert decisions(tmp_path)[0].action == "accept"
    read.button(key="passed-all").click().run()
    assert {each.reason for each in decisions(tmp_path)[1:]} == {"Lue : rien à garder"}
    assert "Toutes les phrases de ce compte rendu ont été lues." in words_of(read)
    step(read, "import")
    assert "<h2>Ce qui a été lu</h2>" in html_of(read)


def test_two_who_code_apart_settle_what_they_do_not_agree_on(read, tmp_path):
    step(read, "qualify", "agreement")
    assert "chacun de leur côté" in words_of(read)
    step(read, "qualify", "one")
    read.text_input(key="consultation coder").set_value("AB").run()
    read.toggle(key="consultation apart").set_value(True).run()
    read.button(key="kind-besoin").click().run()
    read.text_input(key="consultation coder").set_value("CD").run()
    assert "Remontée 1 sur 217" in html_of(read)
    read.button(key="kind-attente").click().run()
    step(read, "qualify", "agreement")

    assert "AB, CD ont codé 1 remontée commune" in html_of(read)
    settle = next(each for each in read.button if each.label.startswith("AB : Besoin"))
    settle.click().run()
    assert decisions(tmp_path)[-1].action == "settle"
    assert "Aucun désaccord à trancher." in words_of(read)


def test_words_that_changed_are_decided_again_or_forgotten(read, tmp_path):
    step(read, "qualify")
    read.button(key="kind-attente").click().run()
    project = Project(tmp_path / "consultation")
    (made,) = project.decisions()
    old = made.remark.rpartition("-")[0]
    note = next(each for each in project.notes() if each.id == old)
    start = note.text.index(made.words[:20])
    text = f"{note.text[:start]}Z{note.text[start + 1 :]}"
    project.keep(replace(note, text=text, sha256="0" * 64))
    step(read.run(), "qualify", "review")

    assert "Reprendre la décision" in [each.label for each in read.button]
    next(each for each in read.button if each.label == "Reprendre la décision").click().run()
    assert "Rien à revoir" in words_of(read)
    assert "1 remontée décidée" in html_of(read)


def test_a_theme_is_renamed_joined_and_parted(read, tmp_path):
    step(read, "themes")
    read.selectbox(key="themes-theme").set_value("agenda").run()
    name = next(each for each in read.text_input if each.label == "Nom")
    name.set_value("Agenda partagé")
    next(each for each in read.button if each.label == "Enregistrer").click().run()
    assert read.selectbox(key="themes-theme").value == "Agenda partagé"
    assert "remontées changent de thème" in words_of(read)

    into = next(each for each in read.selectbox if each.label == "Le réunir avec")
    into.set_value("recherche")
    next(each for each in read.button if each.label == "Enregistrer").click().run()
    assert read.selectbox(key="themes-theme").value == "recherche"
    next(each for each in read.button if each.label.startswith("Séparer de nouveau")).click().run()
    assert "Agenda partagé" in Project(tmp_path / "consultation").theme_edits().label("agenda")


def test_an_isolated_idea_is_published_or_set_aside(read, tmp_path):
    choose(read, "isolated")
    publish = next(each for each in read.button if each.label == "Publier")
    publish.click().run()
    assert decisions(tmp_path)[0].action == "publish"
    assert "1 idée retenue" in words_of(read)
    next(each for each in read.button if each.label == "Ne plus publier").click().run()
    assert decisions(tmp_path)[1].action == "unpublish"
    next(each for each in read.button if each.label == "Écarter").click().run()
    assert "rien ne s'écarte sans raison" in words_of(read)


def test_a_convergence_is_confirmed_or_refused(read, tmp_path):
    choose(read, "convergences")
    next(each for each in read.button if each.label == "Même attente").click().run()
    assert decisions(tmp_path)[0].action == "confirm"
    assert "1 convergence confirmée" in words_of(read)
    next(each for each in read.button if each.label == "Pas la même").click().run()
    assert decisions(tmp_path)[1].action == "refuse"


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Que dit-on de la double saisie ?", "Sur « double saisie » : "),
        ("l'agenda en Côte-de-Brume", "Aussi ailleurs"),
        ("Qu'est-ce qui ne fonctionne pas ?", "<li><strong>"),
        ("le télétravail depuis la Lune", "personne n'en a parlé dans ces réunions"),
        ("Que demandent les jeunes ?", "jamais additionnée"),
        ("Que demandent les jeunes sur la télépathie ?", "Les jeunes n'ont rien dit"),
    ],
)
def test_the_consultation_is_asked_in_plain_french(read, question, words):
    choose(read, "search").text_input(key="consultation question").set_value(question).run()

    assert words in html_of(read)
    assert not read.exception


def test_the_table_keeps_what_is_changed_in_its_cells(read, tmp_path, embedder, monkeypatch):
    assert "Tout est gardé" in step(read, "qualify", "table").caption[0].value
    project = Project(tmp_path / "consultation")
    matrix = open_matrix(project, embedder=embedder)
    said = matrix.everything[:5]
    edited = {
        0: {"Décision": "validée"},
        1: {"Type": "Besoin", "Tonalité": "Neutre"},
        2: {"Décision": "écartée"},
        3: {"Raison": "Hors sujet"},
        4: {"Décision": "à décider"},
    }
    kept = {"table": {"edited_rows": edited}, "consultation table": {"saved": {}}}
    monkeypatch.setattr(consultation_table.st, "session_state", kept)
    for _ in range(2):
        consultation_table._keep_changes("table", said, matrix)

    made = project.decisions()
    assert [each.action for each in made] == ["accept", "change", "set_aside", "restore"]
    assert (made[1].kind, made[1].polarity, made[2].reason) == ("besoin", "neutral", "Hors sujet")
