"""The system's own words are in English; ours are not."""

import errno
import os

import pytest

from knowledge.system_reasons import reason


def test_known_reasons_are_said_in_french(tmp_path):
    assert reason(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))) == "le disque est plein"
    with pytest.raises(IsADirectoryError) as caught:
        tmp_path.read_text()
    assert reason(caught.value) == "c'est un dossier"


def test_an_unknown_reason_keeps_the_system_s_words():
    assert reason(OSError(errno.EXDEV, "Invalid cross-device link")) == "Invalid cross-device link"
    assert reason(OSError("mot à mot")) == "mot à mot"
