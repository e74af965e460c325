"""French sentences are cut where they end, and nowhere else."""

import pytest

from knowledge.sentences import split_sentences


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


@pytest.mark.parametrize(
    "sentence",
    [
        "M. Durand et Mme. Petit reçoivent le Dr. Morel.",
        "L'art. L. 5131-6 du code du travail renvoie à l'art. R. 5131-16 du même code.",
        "Voir p. 12, al. 3, et n. 4 du document.",
        "Le montant est de 561.68 euros, soit 1.234,56 au total.",
        "Il peut demander (cf. Annexe 2) une aide.",
        "Les aides (mobilité, garde d'enfants, etc.) sont cumulables.",
        "Tél. 01 23 45 67 89, de 9 h à 17 h.",
        "Écrire à accueil@mission-locale.example ou sur www.mission.example/aide.",
        "C'est la p.ex. Première aide.",
        "Il hésite… puis accepte.",
        "Le jeune dit : « je ne sais pas. » et repart.",
        "« On est payés pour recopier. » (conseillère)",
        "« Ça rame ! » (un conseiller, en aparté)",
        "\u201cAssez !\u201d (directrice)",
    ],
)
def test_a_sentence_is_not_cut_inside(sentence):
    assert cut(sentence) == [sentence]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Le CEJ dure douze mois. Il est signé.", ["Le CEJ dure douze mois.", "Il est signé."]),
        ("Qui peut l'avoir ? Les jeunes.", ["Qui peut l'avoir ?", "Les jeunes."]),
        ("Qui\u00a0? Eux\u00a0! Bien.", ["Qui\u00a0?", "Eux\u00a0!", "Bien."]),
        ("Qui\u202f? Eux.", ["Qui\u202f?", "Eux."]),
        ("Il attend… Elle part.", ["Il attend…", "Elle part."]),
        ("Il attend... Elle part.", ["Il attend...", "Elle part."]),
        ("Vraiment ?! Oui.", ["Vraiment ?!", "Oui."]),
        ("« Je viens. » Il part.", ["« Je viens. »", "Il part."]),
        ("(C'est dit.) Il part.", ["(C'est dit.)", "Il part."]),
        (
            "C'est long. « On recopie tout. » (conseillère)",
            ["C'est long.", "« On recopie tout. » (conseillère)"],
        ),
        (
            "« On recopie. » (conseillère). « On attend. » (directeur)",
            ["« On recopie. » (conseillère).", "« On attend. » (directeur)"],
        ),
        ("Il recopie tout. (Une fois sur deux.)", ["Il recopie tout.", "(Une fois sur deux.)"]),
        ("Le montant est de 500 €. En 2024, il change.", None),
        ("Il y a 3 étapes. 2 mois suffisent.", ["Il y a 3 étapes.", "2 mois suffisent."]),
        ("Premier point\nSecond point", ["Premier point", "Second point"]),
        ("- une pièce d'identité ;\n- un RIB.\n", ["- une pièce d'identité ;", "- un RIB."]),
        ("1. Faire la demande.\n2. Attendre.", ["1. Faire la demande.", "2. Attendre."]),
        ("1. Faire la demande. Puis attendre.", ["1. Faire la demande.", "Puis attendre."]),
        ("Pourquoi ? parce que.", ["Pourquoi ?", "parce que."]),
        ("", []),
        (" \n\t \u00a0\n", []),
        ("...", ["..."]),
        ("Sans point final", ["Sans point final"]),
    ],
)
def test_sentences_are_cut_where_they_end(text, sentences):
    if sentences is None:
        sentences = ["Le montant est de 500 €.", "En 2024, il change."]

    assert cut(text) == sentences


@pytest.mark.parametrize(
    "text",
    [
        "Le contrat (art. L. 5131-6) dure 12 mois.  Il peut être prolongé ; voir p. 3.\n\n"
        "  - « pièce d'identité »\u00a0;\n  - RIB…\n\t1. Première étape. 2. Seconde !\r\nFin ?",
        "# Titre\n\nQui ?! Quoi... « Où ? » M. X. (etc.) 1.234,5 €.\u2028Autre ligne\x0bet encore.",
        "a\u00a0? b\u202f! c\u00a0: d\u00a0; e\u00a0. \u00a0 F.\n\n\n.\n. .\n?!\n",
        "🙂. É. À l'école. Ç'est\u200b. Œuvre.\tFin" * 3,
    ],
)
def test_spans_cover_every_visible_character_exactly_once(text):
    spans = split_sentences(text)

    covered = [index for start, end in spans for index in range(start, end)]
    assert covered == sorted(set(covered))
    assert all(text[i].isspace() for i in set(range(len(text))) - set(covered))
    assert all(not text[s].isspace() and not text[e - 1].isspace() for s, e in spans)


def test_a_long_text_without_any_end_is_cut_quickly():
    text = "mot. " * 40_000 + "?" * 20_000 + "\u00a0" * 20_000

    assert len(split_sentences(text)) <= 60_000
