"""Every example of docs/api.md runs."""

import re
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[2] / "docs" / "api.md"
BLOCKS = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)


@pytest.fixture
def home(tmp_path, bundled, fill, document):
    fill(
        tmp_path,
        document(
            "cej",
            "Le contrat d'engagement jeune dure douze mois au plus.",
            title="Contrat d'engagement jeune",
            collection="dispositifs",
            date="2025-04-01",
        ),
        document(
            "epide",
            "L'EPIDE accueille des jeunes de 17 à 25 ans sans diplôme.",
            title="EPIDE",
            collection="dispositifs",
        ),
        document("adefip", "L'aide est versée en Eure-et-Loir.", territory="Eure-et-Loir"),
    )
    return tmp_path


@pytest.mark.parametrize("number", range(len(BLOCKS)))
def test_an_example_runs(home, number, capsys):
    exec(compile(BLOCKS[number], f"{PAGE.name}#{number}", "exec"), {"home": home})
    shown = capsys.readouterr().out
    if "print(" in BLOCKS[number]:
        assert {0: "Contrat d'engagement jeune 2025-04-01", 2: "EPIDE : L'EPIDE accueille"}[
            number
        ] in shown


def test_the_page_has_its_three_examples():
    assert len(BLOCKS) == 3
