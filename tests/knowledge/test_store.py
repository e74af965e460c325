"""The store keeps documents whole, in transactions, and says in French what it cannot do."""

import resource
import sqlite3
import threading
from contextlib import suppress

import pytest

from knowledge.documents import Document, Page, Passage, Section, Source
from knowledge.errors import KnowledgeError, LibraryBusy, LibraryDamaged, UnknownDocument
from knowledge.store import InputRecord, Store


@pytest.fixture
def store(tmp_path):
    store = Store(tmp_path / "home")
    yield store
    store.close()


def test_a_document_comes_back_as_it_was_put(store):
    text = "# Aide à l'œuvre\n561,68 € par mois 🙂\nFin"
    document = Document(
        source=Source(
            id="aide",
            title="Aide",
            collection="dispositifs",
            kind="fiche",
            date="2025-04-01",
            date_meaning="publié le",
            fictional=True,
        ),
        text=text,
        sections=(Section(1, "Aide à l'œuvre", 0, len(text)),),
        pages=(Page(1, 0, 20), Page(2, 20, len(text))),
        notes=("page 2 sans texte",),
    )
    passage = Passage(
        id="aide#0",
        document_id="aide",
        position=0,
        start=17,
        end=36,
        text=text[17:36],
        section_path=("Aide à l'œuvre",),
        page=1,
    )

    store.put(document, [passage], content_hash="h")

    assert store.document("aide") == document
    assert store.passages("aide") == store.all_passages() == [passage]
    assert store.document("aide").notes == ("page 2 sans texte",)


def test_passages_are_exact_slices_even_after_a_nul_or_an_emoji(store, document):
    given, passages = document("d", "premier\0 passage", "🙂 e\u0301te\u0301", "fin")
    store.put(given, passages, content_hash="h")

    kept = store.passages("d")

    assert [p.text for p in kept] == [given.text[p.start : p.end] for p in kept]
    assert list(store.passages_with_ids(["d#2", "d#1", "absent"]).values()) == kept[1:]


def test_more_ids_than_fit_one_statement_are_all_found(store, document):
    given, passages = document("d", *[f"passage {number}" for number in range(1203)])
    store.put(given, passages, content_hash="h")

    found = store.passages_with_ids([p.id for p in passages])

    assert found == {p.id: p for p in passages}
    assert store.sources_with_ids([]) == {}


def test_putting_a_document_again_replaces_it(store, document):
    store.put(*document("d", "un", "deux", "trois"), content_hash="1")
    store.put(*document("d", "quatre", collection="consultation"), content_hash="2")

    assert [p.text for p in store.all_passages()] == ["quatre"]
    assert store.sources("local") == []
    assert [source.id for source in store.sources("consultation")] == ["d"]
    assert store.document_with_content("1") is None
    assert store.document_with_content("2") == "d"


def test_removing_a_document_removes_its_passages_and_only_them(store, document):
    store.put(*document("a", "un", "deux"), content_hash="1")
    store.put(*document("b", "trois"), content_hash="2")

    store.remove("a")
    store.remove("never-there")

    assert store.passage_counts() == {"b": 1}
    assert store.passages("a") == []


def test_sources_are_ordered_by_title_whatever_the_case(store, document):
    for name in ("zèbre", "Aide", "bourse"):
        store.put(*document(name, "texte", title=name), content_hash=name)

    assert [source.title for source in store.sources()] == ["Aide", "bourse", "zèbre"]


@pytest.mark.parametrize("read", ["source", "document"])
def test_an_unknown_document_is_named(store, read):
    with pytest.raises(UnknownDocument, match="« inconnu »"):
        getattr(store, read)("inconnu")


def test_what_was_read_from_where_is_remembered_and_forgotten(store):
    first = InputRecord("/b.pdf", 10, 2**60, "sha", "local", ("b",))
    second = InputRecord("/a.tgz", 20, 3, "sha2", "dispositifs", ("a1", "a2"))
    store.record_input(first)
    store.record_input(InputRecord("/a.tgz", 1, 1, "old", "local", ()))
    store.record_input(second)

    assert store.inputs() == [second, first]
    assert store.input("/b.pdf") == first

    store.forget_input("/b.pdf")

    assert store.input("/b.pdf") is None


def test_a_transaction_that_fails_leaves_nothing(store, document):
    with suppress(ZeroDivisionError), store.transaction():
        store.put(*document("d", "un"), content_hash="1")
        raise ZeroDivisionError

    assert store.sources() == []


def test_a_nested_transaction_that_fails_undoes_its_own_part_only(store, document):
    store.put(*document("d", "avant"), content_hash="0")
    twice = document("d", "après")
    with store.transaction():
        store.put(*document("e", "un"), content_hash="1")
        with suppress(sqlite3.IntegrityError):
            store.put(twice[0], twice[1] * 2, content_hash="2")
        store.put(*document("f", "deux"), content_hash="3")

    assert [p.text for p in store.all_passages()] == ["avant", "un", "deux"]


def test_an_outer_transaction_that_fails_undoes_the_nested_ones(store, document):
    with suppress(KeyError), store.transaction():
        with store.transaction():
            store.put(*document("d", "un"), content_hash="1")
        raise KeyError

    assert store.sources() == []


def test_threads_write_and_read_one_store(store, document):
    def write(number: int) -> None:
        for round_ in range(5):
            store.put(*document(f"d{number}", f"tour {round_}"), content_hash=f"{number}{round_}")
            assert store.passages(f"d{number}")[0].text == f"tour {round_}"

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert store.passage_counts() == dict.fromkeys(("d0", "d1", "d2", "d3"), 1)


@pytest.mark.parametrize("content", [b"ceci n'est pas une base" * 200, b"SQLite format 3\0" * 90])
def test_a_damaged_file_is_named_with_the_remedy(tmp_path, content):
    (tmp_path / "documents.sqlite").write_bytes(content)

    with pytest.raises(LibraryDamaged, match=r"documents\.sqlite est endommagé.*sauvegarde"):
        Store(tmp_path)


def test_damage_that_appears_later_is_named_too(tmp_path, document):
    with_text = Store(tmp_path)
    with_text.put(*document("d", *["texte " * 200] * 50), content_hash="1")
    with_text.close()
    file = tmp_path / "documents.sqlite"
    content = file.read_bytes()
    file.write_bytes(content[:4096] + b"\xff" * (len(content) - 4096))

    with pytest.raises(LibraryDamaged, match="endommagé"):
        Store(tmp_path).document("d")


def test_a_data_folder_that_is_a_file_is_refused(tmp_path):
    (tmp_path / "home").write_text("fichier")

    with pytest.raises(KnowledgeError, match=r"home ne peut pas être créé"):
        Store(tmp_path / "home")


def test_a_store_that_is_a_folder_cannot_be_opened(tmp_path):
    (tmp_path / "documents.sqlite").mkdir()

    with pytest.raises(KnowledgeError, match="ne peut pas être ouvert"):
        Store(tmp_path)


def test_a_store_that_another_program_holds_is_busy(store, document, tmp_path):
    store._connection.execute("PRAGMA busy_timeout = 50")
    other = sqlite3.connect(tmp_path / "home" / "documents.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        with pytest.raises(LibraryBusy, match="occupé par un autre programme"):
            store.put(*document("d", "un"), content_hash="1")
    finally:
        other.close()

    store.put(*document("d", "un"), content_hash="1")
    assert store.passage_counts() == {"d": 1}


def test_a_store_that_may_not_be_written_says_so(store, document):
    store._connection.execute("PRAGMA query_only = ON")

    with pytest.raises(KnowledgeError, match="droit d'écrire"):
        store.put(*document("d", "un"), content_hash="1")
    with pytest.raises(KnowledgeError, match="droit d'écrire"):
        store.remove("d")


def test_a_full_disk_is_said_and_what_was_stored_stays(store, document):
    store.put(*document("avant", "un"), content_hash="1")
    pages = store._connection.execute("PRAGMA page_count").fetchone()[0]
    store._connection.execute(f"PRAGMA max_page_count = {pages + 2}")

    with pytest.raises(KnowledgeError, match="plein : libérez de la place"):
        store.put(*document("d", "long " * 50_000), content_hash="2")

    store.put(*document("après", "deux"), content_hash="3")
    assert [p.text for p in store.all_passages()] == ["deux", "un"]


def test_a_mistake_of_the_caller_is_not_taken_for_damage(store):
    store.close()

    with pytest.raises(sqlite3.ProgrammingError):
        store.sources()


def test_an_original_is_kept_once_for_each_content(store, document, tmp_path):
    first, second = tmp_path / "a.pdf", tmp_path / "copie de a.pdf"
    first.write_bytes(b"%PDF")
    second.write_bytes(b"%PDF")

    digest = store.keep_original(first)

    assert store.keep_original(second) == digest
    assert [f.name for f in (tmp_path / "home" / "originals").iterdir()] == [digest]
    kept = store.original(document("d", "un", file=digest)[0].source)
    assert kept is not None
    assert kept.read_bytes() == b"%PDF"


def test_there_is_no_original_where_none_was_kept(store, document):
    assert store.original(document("d", "un")[0].source) is None
    assert store.original(document("d", "un", file="0" * 64)[0].source) is None


def test_an_original_that_cannot_be_copied_leaves_nothing_behind(store, tmp_path):
    (tmp_path / "a.pdf").write_bytes(b"x" * 200_000)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
    try:
        with pytest.raises(KnowledgeError, match=r"copie de .*a\.pdf n'a pas pu être gardée"):
            store.keep_original(tmp_path / "a.pdf")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    assert list((tmp_path / "home" / "originals").iterdir()) == []
