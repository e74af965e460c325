"""Old, replaced and local sources are said in words before the answer."""

from dataclasses import replace
from datetime import date

import pytest

from assistant.answer import Citation
from assistant.cautions import cautions_for, still_printing
from knowledge.documents import Source

TODAY = date(2026, 11, 23)
SOURCE = Source(
    id="pont",
    title="Bourse Pont",
    collection="dispositifs",
    kind="fiche",
    date="2026-05-04",
    date_meaning="mis à jour le",
)
CITATION = Citation(
    n=1,
    document_id="pont",
    title="Bourse Pont",
    collection="dispositifs",
    section=None,
    page=None,
    quote="La bourse dure six mois.",
    start=0,
    end=24,
    passage_id="pont#0",
)


def messages(
    source: Source,
    quote: str = CITATION.quote,
    *,
    question: str = "Combien dure la bourse ?",
    printed: tuple[str, ...] = (),
) -> list[str]:
    citation = replace(CITATION, quote=quote)
    cautions = cautions_for(
        [citation, citation],
        sources={"pont": source},
        title_of=lambda i: f"<{i}>",
        contradicted=lambda _: printed,
        question=question,
        today=TODAY,
    )
    return [caution.message for caution in cautions]


def test_a_recent_source_needs_no_word() -> None:
    assert messages(SOURCE) == []


def test_a_source_without_a_date_needs_no_word() -> None:
    assert messages(replace(SOURCE, date=None, date_meaning=None)) == []


@pytest.mark.parametrize(
    ("day", "said"), [("2015-09-14", "de septembre 2015"), ("2023-10-05", "d'octobre 2023")]
)
def test_an_old_source_is_said_once_to_be_old(day: str, said: str) -> None:
    (message,) = messages(replace(SOURCE, date=day))
    assert message == (
        f"Attention : cette information date {said} (« Bourse Pont »)."
        " Vérifiez-la avant de la donner."
    )


def test_a_law_in_force_for_long_is_not_old() -> None:
    law = replace(SOURCE, date="2008-05-01", date_meaning="en vigueur depuis le")
    assert messages(law) == []


def test_an_amount_is_old_after_a_year() -> None:
    (message,) = messages(replace(SOURCE, date="2025-04-01"), "Elle est de 200 €.")
    assert "dernier connu, au 1er avril 2025" in message


def test_an_amount_is_as_old_as_the_day_it_says_it_holds_since() -> None:
    (message,) = messages(SOURCE, "Depuis le 1er avril 2025, elle est de 200 €.")
    assert "au 1er avril 2025" in message
    assert messages(SOURCE, "Depuis le 1er juin 2026, elle est de 200 €.") == []


def test_what_was_replaced_names_what_replaced_it() -> None:
    (message,) = messages(replace(SOURCE, superseded_by="neuf", valid_until="2021-12-31"))
    assert message == (
        "Attention : « Bourse Pont » n'est plus en vigueur depuis le 31 décembre 2021."
        " Remplacé par : <neuf>."
    )


def test_what_ended_without_successor_is_said_to_have_ended() -> None:
    (message,) = messages(replace(SOURCE, valid_until="2026-02-21"))
    assert message.endswith("n'est plus en vigueur depuis le 21 février 2026.")


def test_a_local_rule_names_its_territory() -> None:
    assert messages(replace(SOURCE, territory="Valmont")) == [
        "Règle locale : Valmont (« Bourse Pont »)."
    ]


OLD_TEXT = "L'article D9999-9 affiche encore 500 €, un montant de 2022."


def test_a_text_that_still_prints_an_old_amount_is_named_with_an_amount() -> None:
    assert messages(SOURCE, "La bourse est de 561 €.", printed=(OLD_TEXT,)) == [
        f"Deux sources ne disent pas la même chose. {OLD_TEXT}"
    ]


def test_an_old_text_is_not_named_without_an_amount() -> None:
    assert messages(SOURCE, "La bourse dure six mois.", printed=(OLD_TEXT,)) == []


@pytest.mark.parametrize(
    ("amount", "named"),
    [
        ("La bourse est de 561 € (article D9999-9).", True),
        ("Le salaire ne dépasse pas 300 € (article D8888-8).", False),
        ("Le salaire ne dépasse pas 300 € (article D8888-8). La bourse est de 561 €.", True),
    ],
)
def test_an_old_text_is_not_named_with_an_amount_of_another_article(
    amount: str, named: bool
) -> None:
    assert bool(messages(SOURCE, amount, printed=(OLD_TEXT,))) is named


@pytest.mark.parametrize(
    ("amount", "old"),
    [
        ("Il touche 200 € (article D6341-28-2, depuis le 1er mai 2021).", False),
        ("Il touchait 200 € depuis le 1er mai 2021 (ancien article D6341-28-2).", True),
        ("Il touche 200 € (article D6341-28-2, depuis le 1er mai 2021) ou 30 €.", False),
        ("Le plafond est de 561 € depuis le 1er avril 2025 (article D5131-9).", True),
    ],
)
def test_an_amount_set_by_an_article_in_force_is_not_the_last_known(amount: str, old: bool) -> None:
    assert bool(messages(SOURCE, amount)) is old


def test_the_sentences_on_old_texts_are_found_in_a_sheet() -> None:
    assert still_printing(f"La bourse est de 561 €.\n{OLD_TEXT}\nElle dure six mois.") == [OLD_TEXT]


def test_an_amount_asked_for_a_later_year_is_said_to_be_the_last_known() -> None:
    amount = "Depuis le 1er avril 2025, la bourse est de 561 €."
    (message,) = messages(SOURCE, amount, question="Combien en 2026 ?")
    assert message == (
        "Pour 2026, Appui n'a pas de montant : le dernier connu est celui du 1er avril 2025"
        " (« Bourse Pont »). Vérifiez s'il a été revalorisé depuis."
    )
    assert "dernier connu" in messages(SOURCE, amount, question="Combien en 2025 ?")[0]
    assert "Pour 2025" not in messages(SOURCE, amount, question="Combien en 2025 ?")[0]


def test_who_said_something_in_a_meeting_sets_no_local_rule() -> None:
    note = replace(SOURCE, collection="consultation", territory="Val-d'Ombrine")
    assert messages(note) == []
