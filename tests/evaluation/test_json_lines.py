"""Sets kept as JSON lines: what is not as expected is named with its file and line."""

import pytest
from pydantic import BaseModel, ConfigDict

from evaluation.errors import BadQuestionSet
from evaluation.json_lines import read_json_lines


class Said(BaseModel):
    model_config = ConfigDict(extra="forbid")

    words: str


@pytest.fixture
def read(tmp_path):
    file = tmp_path / "dits.jsonl"

    def read_content(content: bytes) -> list[str]:
        file.write_bytes(content)
        return [each.words for each in read_json_lines(file, Said, expected="« words »")]

    return read_content


def test_blank_lines_a_mark_and_unusual_separators_cut_nothing(read):
    content = '\ufeff{"words": "un\u2028deux"}\r\n\n{"words": "trois"}\n'
    assert read(content.encode()) == ["un\u2028deux", "trois"]


@pytest.mark.parametrize("line", ["non", "[1]", "{}", '{"words": "a", "autre": 1}'])
def test_a_line_that_is_not_as_expected_is_named(read, line):
    with pytest.raises(BadQuestionSet, match=r"dits\.jsonl, ligne 3 : il faut « words »"):
        read(f'{{"words": "a"}}\n\n{line}\n'.encode())


def test_what_is_not_in_utf8_is_said(read):
    with pytest.raises(BadQuestionSet, match="UTF-8"):
        read('{"words": "é"}'.encode("cp1252"))


def test_a_file_that_is_not_there_is_said(tmp_path):
    with pytest.raises(
        BadQuestionSet, match=r"absent\.jsonl ne peut pas être lu : il n'existe pas"
    ):
        read_json_lines(tmp_path / "absent.jsonl", Said, expected="« words »")
