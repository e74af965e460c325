"""What the ranker reads of a passage: whole sentences, where the question's words are."""

import pytest

from knowledge.reading import load_tokenizer, pair_tokens, reading_window

FILLER = "Cette phrase parle d'autre chose et elle est assez longue pour compter. "


def test_a_short_passage_is_read_whole():
    text = "  Le contrat dure un an. Il se renouvelle.\n"
    start, end = reading_window(text, wanted={"contrat": 1.0})
    assert text[start:end] == text.strip()


def test_a_passage_without_a_word_is_read_from_its_start():
    assert reading_window("  \n ", wanted={}) == (0, 4)


@pytest.mark.parametrize("before", [0, 6, 14])
def test_the_sentences_with_the_rarest_words_are_read(before):
    text = FILLER * before + "L'allocation est versée chaque mois. " + FILLER * (14 - before)
    start, end = reading_window(text, wanted={"alloc": 4.0, "phras": 0.1})
    assert "allocation" in text[start:end]
    assert end - start <= 420
    assert text[start] in "CL"
    assert text[end - 1] == "."


def test_a_word_that_comes_back_counts_once_before_others():
    once = "Le permis coûte cher. L'apprenti reçoit une aide. "
    again = "Le permis, le permis, toujours le permis. "
    text = again * 10 + FILLER * 6 + once + FILLER * 3
    start, end = reading_window(text, wanted={"perm": 1.0, "apprent": 1.0})
    assert "L'apprenti" in text[start:end]


def test_an_endless_sentence_is_cut():
    text = "mot " * 1000
    start, end = reading_window(text, wanted={"mot": 1.0})
    assert (start, end) == (0, 840)


def test_a_pair_holds_question_titles_and_passage_in_at_most_144_tokens():
    tokenizer = load_tokenizer()
    text = "Le jeune signe son contrat avec un conseiller. " * 20
    pair = pair_tokens(tokenizer, "Qui signe ? " * 40, context="Titre > Section " * 30, text=text)
    assert len(pair.ids) == 144
    assert pair.ids[0] == tokenizer.token_to_id("<s>")
    assert pair.ids[-1] == tokenizer.token_to_id("</s>")
    start, end = pair.offsets[0]
    assert text[start:end].strip() == "Le"
    assert pair.ids[pair.first] == tokenizer.encode("Le", add_special_tokens=False).ids[0]


def test_without_titles_the_passage_follows_the_question():
    tokenizer = load_tokenizer()
    pair = pair_tokens(tokenizer, "Qui signe ?", context="", text="Le jeune.")
    pieces = [tokenizer.id_to_token(number) for number in pair.ids]
    assert pieces == "<s> ▁Qui ▁signe ▁? </s> ▁Le ▁jeune . </s>".split()
    assert len(pair.ids) == pair.first + len(pair.offsets) + 1
