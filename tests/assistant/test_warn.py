"""An answer is warned of with what the library knows of its sources."""

from datetime import date

import pytest

from assistant.answer import Caution, Citation, Sentence
from assistant.warn import warn
from knowledge.documents import Document, Passage, Source
from knowledge.editor import edit_library
from knowledge.library import open_library

OLD_TEXT = "L'article D9999-9 affiche encore 500 €, alors que la bourse est de 561 € depuis 2025."
SHEET = Source(id="bourse", title="Bourse Pont", collection="dispositifs", kind="fiche")
ARTICLE = Source(
    id="LEGIARTI1",
    title="Article D9999-9 du code d'essai",
    collection="dispositifs",
    kind="article",
)
TEXTS = {
    SHEET: f"La bourse est de 561 €.\n{OLD_TEXT}",
    ARTICLE: "Le montant de la bourse est fixé à 500 €. Il est versé le 5 du mois.",
}


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    home = tmp_path_factory.mktemp("avertir")
    with edit_library(home) as editor:
        for source, text in TEXTS.items():
            passage = Passage(
                id=f"{source.id}#0",
                document_id=source.id,
                position=0,
                start=0,
                end=len(text),
                text=text,
            )
            document = Document(source=source, text=text)
            editor.store.put(document, [passage], content_hash=source.id)
        editor.publish()
    opened = open_library(home)
    yield opened
    opened.close()


@pytest.fixture
def warned(library):
    def of(source: Source, shown: str, *, quote: str = "") -> list[Caution]:
        citation = Citation(
            n=1,
            document_id=source.id,
            title=source.title,
            collection=source.collection,
            section=None,
            page=None,
            quote=quote or shown,
            start=0,
            end=len(quote or shown),
            passage_id=f"{source.id}#0",
        )
        return warn(
            [citation],
            sentences=(Sentence(shown, (1,), verified=True),),
            sources={source.id: source},
            library=library,
            question="Combien ?",
            today=date(2026, 11, 23),
        )

    return of


@pytest.mark.parametrize(
    ("source", "shown"),
    [(SHEET, "La bourse est de 561 €."), (ARTICLE, "Le montant de la bourse est fixé à 500 €.")],
)
def test_an_amount_of_the_sheet_or_of_the_article_brings_the_other_to_mind(warned, source, shown):
    (caution,) = warned(source, shown)
    assert caution == Caution(
        "contradiction", f"Deux sources ne disent pas la même chose. {OLD_TEXT}"
    )


def test_what_a_quote_spans_without_its_being_shown_warns_of_nothing(warned):
    assert warned(ARTICLE, "Il est versé le 5 du mois.", quote=TEXTS[ARTICLE]) == []
