"""Filters let through the documents that they name, however few these are."""

import datetime as dt

import pytest

from knowledge.documents import Source
from knowledge.filters import Filter

DAY = dt.date(2026, 11, 1)


def source(**fields):
    return Source(**{"id": "d", "title": "T", "collection": "local", "kind": "texte", **fields})


@pytest.mark.parametrize(
    ("only", "fields", "kept"),
    [
        (Filter(), {}, True),
        (Filter(collection="local"), {}, True),
        (Filter(collection="dispositifs"), {}, False),
        (Filter(territory="Bretagne"), {}, True),
        (Filter(territory="Bretagne"), {"territory": "Bretagne"}, True),
        (Filter(territory="Bretagne"), {"territory": "Normandie"}, False),
        (Filter(since=DAY), {"date": "2026-11-01"}, True),
        (Filter(since=DAY), {"date": "2026-10-31"}, False),
        (Filter(until=DAY), {"date": "2026-11-01"}, True),
        (Filter(until=DAY), {"date": "2026-11-02"}, False),
        (Filter(until=DAY), {}, False),
        (Filter(in_force_on=DAY), {}, True),
        (Filter(in_force_on=DAY), {"valid_until": "2026-10-31"}, False),
        (Filter(in_force_on=DAY), {"valid_until": "2026-11-01"}, True),
        (Filter(in_force_on=DAY), {"valid_from": "2026-11-02"}, False),
        (Filter(in_force_on=DAY), {"superseded_by": "cej"}, False),
    ],
)
def test_a_filter_keeps_what_it_says(only, fields, kept):
    assert only.keeps(source(**fields)) is kept


@pytest.fixture
def library(tmp_path, embedder, fill, document, reader):
    """Many documents on one subject, three of which are of Bretagne."""
    places = ["Bretagne"] * 3 + ["Normandie"] * 1200 + [None] * 2
    fill(
        tmp_path,
        *[
            document(
                f"d{n:04}",
                f"aide au logement numéro {n}",
                territory=place,
                date=f"{2020 + n % 5}-01-01",
            )
            for n, place in enumerate(places)
        ],
    )
    return reader(tmp_path)


def test_the_few_that_pass_are_found_among_many_that_do_not(library):
    hits = library.search("aide au logement", k=10, only=Filter(territory="Bretagne"))

    assert sorted(hit.source.id for hit in hits) == ["d0000", "d0001", "d0002", "d1203", "d1204"]


def test_the_many_that_pass_fill_the_ten_places(library):
    only = Filter(territory="Normandie", since=dt.date(2022, 1, 1))
    hits = library.search("aide au logement", k=10, only=only)

    assert len(hits) == 10
    assert all(hit.source.territory in {None, "Normandie"} for hit in hits)
    assert all(hit.source.date >= "2022-01-01" for hit in hits)


def test_nothing_that_passes_is_nothing_found(library):
    assert library.search("aide", only=Filter(territory="Corse", since=DAY)) == []


def test_a_filter_and_a_collection_go_together(library):
    assert library.search("aide", collection="dispositifs", only=Filter(territory="Bretagne")) == []


def test_what_is_in_force_comes_before_its_former_version(
    tmp_path, embedder, fill, document, reader
):
    text = "La prime est de 528 euros par mois."
    fill(
        tmp_path,
        document("a-ancienne", text, title="Prime", valid_until="2024-12-31"),
        document("b-nouvelle", text, title="Prime", valid_from="2025-01-01"),
    )

    hits = reader(tmp_path).search("montant de la prime")

    assert [hit.source.id for hit in hits] == ["b-nouvelle", "a-ancienne"]
    assert hits[1].score == pytest.approx(hits[0].score - 0.2)
