"""Words that were read are found again in the file, whatever its marks and breaks."""

import pytest

from knowledge.consultation.locate import letters_of, locate


@pytest.mark.parametrize(
    ("words", "text", "slice_"),
    [
        ("Un mot simple", "- **Un mot\nsimple** ;", "Un mot\nsimple"),
        ("« Ça rame. » (conseiller)", "- «\u00a0Ça rame.\u00a0» (conseiller)", None),
        ("ressaisie permanente", "la ressai-\nsie permanente.", "ressai-\nsie permanente"),
        ("é accentué", "un e\u0301 accentué", "e\u0301 accentué"),
    ],
)
def test_the_span_is_a_slice_of_the_file(words, text, slice_):
    span = locate(words, text=text, letters=letters_of(text))

    assert span is not None
    assert text[slice(*span)] == (slice_ or text.removeprefix("- "))


def test_the_first_place_after_the_last_one_is_taken():
    text = "idem et idem"

    assert locate("idem", text=text, letters=letters_of(text), after=4) == (8, 12)


@pytest.mark.parametrize("words", ["absent", "…"])
def test_words_that_are_not_there_have_no_place(words):
    assert locate(words, text="autre chose", letters=letters_of("autre chose")) is None
