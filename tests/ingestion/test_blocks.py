"""How blocks become text, sections and pages."""

from ingestion.blocks import Block, clean, compose


def test_paragraphs_are_parted_by_a_blank_line_and_items_by_a_line_break():
    text = compose(
        [
            Block("paragraph", "Un."),
            Block("paragraph", "Liste :"),
            Block("item", "a"),
            Block("item", "b", 1),
            Block("paragraph", "Fin."),
        ]
    ).text
    assert text == "Un.\n\nListe :\n- a\n  - b\n\nFin."


def test_a_label_stays_with_what_follows_it():
    text = compose([Block("label", "À noter"), Block("paragraph", "Gratuit.")]).text
    assert text == "À noter\nGratuit."


def test_a_section_spans_its_heading_and_its_subsections():
    composition = compose(
        [
            Block("heading", "A", 1),
            Block("paragraph", "a"),
            Block("heading", "B :", 4),
            Block("paragraph", "b"),
            Block("heading", "C", 1),
        ]
    )
    spans = [(s.level, s.title, composition.text[s.start : s.end]) for s in composition.sections]
    assert spans == [
        (1, "A", "A\n\na\n\nB :\n\nb\n\n"),
        (2, "B", "B :\n\nb\n\n"),
        (1, "C", "C"),
    ]


def test_a_page_goes_on_to_where_the_next_one_starts_even_within_a_paragraph():
    composition = compose(
        [Block("paragraph", "un deux", page=1, turns=((3, 2),)), Block("paragraph", "x", page=3)]
    )
    pages = [(p.number, composition.text[p.start : p.end]) for p in composition.pages]
    assert pages == [(1, "un "), (2, "deux\n\n"), (3, "x")]


def test_text_is_cleaned_of_invisible_characters_and_odd_spaces():
    assert clean("  561,68\u00a0€\u202fpar\tmois \r\n\n e\u0301te\u0301\u00ad\u200b\x00 ") == (
        "561,68 € par mois\nété"
    )
