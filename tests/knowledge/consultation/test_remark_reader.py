"""The layers that read remarks tell their kinds, and a model that is cut is said to be."""

import shutil
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from knowledge.consultation.examples import Example
from knowledge.consultation.learned import KINDS, Learned
from knowledge.consultation.remark_reader import BUNDLED, RemarkReader, remark_reader
from knowledge.errors import ModelUnavailable

SAID = {
    "Ça plante trois fois par matinée et on perd ce qu'on a écrit.": "dysfonctionne",
    "Le planning partagé est clair, on s'y retrouve tous.": "fonctionne",
    "Ce serait bien que le jeune puisse poser son rendez-vous lui-même, demain.": "attente",
}


@pytest.mark.parametrize(("said", "kind"), SAID.items())
def test_the_kind_of_a_remark_is_told(said, kind):
    reader = remark_reader()
    (read,) = reader.read([said])

    assert reader.kinds[int(read.argmax())] == kind
    assert read.sum() == pytest.approx(1)


def test_what_is_read_depends_on_the_remark_alone():
    reader = remark_reader()
    together = reader.read([*SAID, "", "\ud800 « ok »"])
    with ThreadPoolExecutor(4) as threads:
        apart = [read for (read,) in threads.map(lambda said: reader.read([said]), SAID)]

    assert together[: len(apart)] == pytest.approx(np.array(apart))
    assert np.isfinite(together).all()
    assert reader.read([]).shape == (0, len(reader.kinds))


def test_a_model_that_is_cut_says_what_to_do(tmp_path):
    folder = tmp_path / "remarks-fr"
    shutil.copytree(BUNDLED, folder)
    (folder / "remarks.npz").write_bytes(b"cut")

    with pytest.raises(ModelUnavailable, match="git checkout"):
        RemarkReader(folder)


def test_what_is_read_weighs_beside_the_examples():
    examples = [
        Example("thème nouveau", "besoin", "un parking pour les vélos"),
        Example("thème nouveau", "fonctionne", "le parking est grand"),
    ]
    vectors = np.eye(2, 8, dtype=np.float32)
    said = next(iter(SAID))
    told = [
        Learned(examples, vectors, kept={}, reader=reader).of([said], np.zeros((1, 8)))[0]
        for reader in (None, remark_reader())
    ]

    assert max(KINDS, key=lambda kind: told[1].kinds[kind]) == "dysfonctionne"
    assert told[1].kinds["dysfonctionne"] > told[0].kinds["dysfonctionne"]
    assert told[1].themes == told[0].themes
