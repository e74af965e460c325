"""The gate stops what it is there to stop: real sheets, a real index, and three things broken."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assistant import verify, write
from assistant.ask import Assistant
from assistant.compose import Draft
from evaluation.answers import measure_answers
from evaluation.gate import judge, keep_baseline, read_baseline, read_thresholds
from evaluation.questions import read_questions
from evaluation.run import Run
from ingestion.add import add_paths
from knowledge.library import open_library

SET = Path("evaluation/sets/conseillers.jsonl")
SHEETS = ("cej", "pmsmp", "rsa", "apprentissage", "e2c", "visale", "loca-pass", "rqth", "cpf")
THRESHOLDS = Path("evaluation/thresholds.toml")
# Nine sheets do not hold what refusing and masking need; the zero demands are for all of them.
ASKED = [
    question
    for question in read_questions(SET)
    if question.split == "dev" and (question.dispositif in SHEETS or question.category == "hostile")
]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sheets")
    for name in SHEETS:
        text = Path(f"knowledge/corpus/dispositifs/{name}.md").read_text(encoding="utf-8")
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    return folder


def opened(corpus: Path, home: Path) -> Iterator[Assistant]:
    report = add_paths([corpus], home=home)
    assert not report.rejected
    library = open_library(home)
    yield Assistant(library)
    library.close()


@pytest.fixture(scope="module")
def sound(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    yield from opened(corpus, tmp_path_factory.mktemp("sound"))


@pytest.fixture(scope="module")
def good(sound: Assistant) -> Run:
    return measure_answers(ASKED, assistant=sound, path=SET, workers=2)


def failing(run: Run, good: Run, folder: Path) -> str:
    """Return what the gate says of a run, when the baseline is the sound one."""
    file = folder / "thresholds.toml"
    text = THRESHOLDS.read_text(encoding="utf-8")
    file.write_text(re.sub(r"(?m)^abstention_recall.*\n", "", text), encoding="utf-8")
    keep_baseline(good, thresholds=file)
    verdicts = judge(run, thresholds=read_thresholds(file), baseline=read_baseline(file))
    return "\n".join(verdict.said for verdict in verdicts if not verdict.holds)


def test_the_sound_assistant_passes(good: Run, tmp_path: Path) -> None:
    assert failing(good, good, tmp_path) == ""


def test_without_search_the_gate_fails(
    sound: Assistant, good: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sound.library, "search", lambda *_, **__: [])
    said = failing(measure_answers(ASKED, assistant=sound, path=SET), good, tmp_path)
    assert "fact_recall" in said
    assert "source_recall" in said


def inventive(ranked: object, **kwargs: object) -> Draft:
    """Write as the embedded writer does, and add an amount of its own to each paragraph."""
    draft: Draft = write_compose(ranked, **kwargs)  # type: ignore[arg-type]
    return replace(
        draft,
        paragraphs=tuple(
            replace(
                paragraph,
                text=f"{paragraph.text} Soit 7 777 €.",
                sentences=tuple(
                    replace(sentence, text=f"{sentence.text} Soit 7 777 €.")
                    for sentence in paragraph.sentences
                ),
            )
            for paragraph in draft.paragraphs
        ),
    )


write_compose = write.compose


def test_a_writer_that_invents_is_stopped_by_the_gate_once_verification_is_off(
    sound: Assistant, good: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(write, "compose", inventive)
    verified = measure_answers(ASKED, assistant=sound, path=SET)
    assert "unsupported_numbers" not in failing(verified, good, tmp_path)
    assert not any("7 777" in record.answer["text"] for record in verified.records)
    monkeypatch.setattr(
        verify,
        "verify_sentences",
        lambda sentences, citations: tuple(replace(s, verified=True) for s in sentences),
    )
    unverified = measure_answers(ASKED, assistant=sound, path=SET)
    assert "unsupported_numbers : aucun cas admis" in failing(unverified, good, tmp_path)


def test_swapped_amounts_make_the_gate_fail(corpus: Path, good: Run, tmp_path: Path) -> None:
    """Every amount with cents is read backwards: the answers stay well cited, and wrong."""
    swapped = tmp_path / "swapped"
    swapped.mkdir()
    for file in corpus.iterdir():
        text = re.sub(
            r"\d{1,3}(,\d\d)?(?=[\s\u00a0\u202f]€)",
            lambda found: str(sum(map(int, re.findall(r"\d", found[0]))) + 1100),
            file.read_text(encoding="utf-8"),
        )
        (swapped / file.name).write_text(text, encoding="utf-8")
    for assistant in opened(swapped, tmp_path / "home"):
        said = failing(measure_answers(ASKED, assistant=assistant, path=SET), good, tmp_path)
    assert "fact_recall" in said
    assert "phantom_citations" not in said
