"""A wrong command line is one French sentence, whatever argparse says of it."""

import pytest

from knowledge.usage import FrenchParser, positive


@pytest.fixture
def parser() -> FrenchParser:
    made = FrenchParser(prog="outil")
    made.add_argument("chemin")
    made.add_argument("--k", type=positive)
    made.add_argument("--taille", type=int)
    made.add_argument("--trier", action="store_true")
    made.add_argument("--genre", choices=("a", "b"))
    return made


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "il manque : chemin"),
        (["x", "--quoi"], "options inconnues : --quoi"),
        (["x", "--k"], "--k : une valeur est attendue"),
        (["x", "--k", "-1"], "--k : « -1 » n'est pas un nombre entier supérieur à zéro"),
        (["x", "--k=0"], "--k : « 0 » n'est pas un nombre entier supérieur à zéro"),
        (["x", "--taille", "deux"], "--taille : valeur incorrecte : 'deux'"),
        (["x", "--genre", "c"], "--genre : valeur inconnue : 'c' (choix possibles : 'a', 'b')"),
        (["x", "--trier=oui"], "--trier : n'attend pas de valeur ('oui')"),
        (["x", "--t=1"], "option ambiguë : --t=1 peut être --taille, --trier"),
    ],
)
def test_an_error_is_one_sentence_and_status_2(parser, capsys, arguments, said):
    with pytest.raises(SystemExit) as leaving:
        parser.parse_args(arguments)
    assert leaving.value.code == 2
    expected = f"outil : {said}. « outil --help » montre l'usage.\n"
    assert capsys.readouterr().err == expected


def test_the_help_is_in_french(parser, capsys):
    commands = FrenchParser(prog="outil").add_subparsers(metavar="COMMANDE")
    assert commands.add_parser("sous").prog == "outil sous"
    with pytest.raises(SystemExit) as leaving:
        parser.parse_args(["--help"])
    assert leaving.value.code == 0
    shown = capsys.readouterr().out
    assert shown.startswith("usage : outil [")
    assert "montre cette aide" in shown
    assert "show this" not in shown
