"""What the pages say is French, counted and dated as a French reader expects."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from pages import dates, messages
from tests.pages.conftest import CEJ, CITATION, NOTE


@pytest.mark.parametrize(
    ("iso", "words"),
    [
        ("2025-04-01", "1er avril 2025"),
        ("2025-04-11", "11 avril 2025"),
        ("2015-09", "septembre 2015"),
        ("2015", "2015"),
        ("2025-04-01T10:00:00Z", "1er avril 2025"),
        ("vers 2015", "vers 2015"),
        ("2025-13-01", "2025-13-01"),
    ],
)
def test_a_date_is_said_in_words(iso, words):
    assert dates.in_words(iso) == words


def test_days_are_named_from_today():
    noon = datetime(2026, 3, 2, 12, tzinfo=UTC)

    assert dates.day_heading(noon, today=date(2026, 3, 2)) == "Aujourd'hui"
    assert dates.day_heading(noon, today=date(2026, 3, 3)) == "Hier"
    assert dates.day_heading(noon, today=date(2026, 3, 9)) == "2 mars 2026"


def test_counts_agree_with_their_noun():
    assert dates.counted(0, "source") == "0 source"
    assert dates.counted(1, "source") == "1 source"
    assert dates.counted(1250, "source") == "1\u202f250 sources"


def test_the_sources_line_tells_how_old_the_most_recent_is():
    old = replace(CITATION, document_id="x", date="2015-09-01")
    undated = replace(CITATION, date=None)

    assert messages.sources_line([CITATION, CITATION]) == "1 source · mis à jour le 1er avril 2025"
    assert messages.sources_line([old, CITATION]) == "2 sources · la plus récente : 1er avril 2025"
    assert messages.sources_line([undated]) == "1 source · sans date"


def test_what_is_known_is_one_sentence():
    local = replace(CEJ, collection="local")
    real = replace(NOTE, fictional=False)

    assert messages.what_is_known([CEJ, CEJ, NOTE, real, local, local]) == (
        "Appui répond à partir de 2 fiches et textes sur les dispositifs, 2 documents de la "
        "consultation (dont 1 fictif) et 2 documents locaux, et cite toujours ses sources."
    )
    assert "1 document de la consultation," in messages.what_is_known([real])
    assert "2 documents de la consultation (fictifs)" in messages.what_is_known([NOTE, NOTE])


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        ("2022-03-01", "2025-01-01", "en vigueur du 1er mars 2022 au 1er janvier 2025"),
        ("2022-03-01", None, "en vigueur depuis le 1er mars 2022"),
        (None, "2025-01-01", "en vigueur jusqu'au 1er janvier 2025"),
        (None, None, None),
    ],
)
def test_a_validity_says_its_bounds(start, end, said):
    assert messages.validity(start, end) == said
