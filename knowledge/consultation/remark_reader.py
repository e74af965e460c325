"""The kind of a remark by layers that were trained to read remarks, above the bundled encoder's.

The first four layers are those of the encoder (``knowledge/models/e5-small-fr``); the next four and
the head that gives the kind are trained on the examples by ``python -m evaluation.train_remarks``
(see ``knowledge/models/remarks-fr``).
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path

import numpy as np
from scipy.special import softmax

from knowledge.bert_layers import Floats, Layer, expand
from knowledge.embedding import BUNDLED as ENCODER
from knowledge.embedding import PASSAGE
from knowledge.onnx_model import cores, open_session, read_manifest
from knowledge.reading import load_tokenizer

BUNDLED = Path(__file__).parents[1] / "models" / "remarks-fr"
#: The layers that were trained, of those of the encoder, and the name of what enters them.
TRAINED, ENTERS = range(4, 8), "l3.oln"
#: The norm of the vector that the head reads.
NORM = 8.0
HEADS, EPSILON = 12, 1e-12
# Tokens read of a remark, and how many remarks are remembered.
_TOKENS, _REMEMBERED = 80, 16_384


class LowerLayers:
    """The first layers of the bundled encoder."""

    def __init__(self) -> None:
        """Open the encoder, what enters the trained layers being one of its outputs."""
        self._session = open_session(ENCODER / "model.onnx", also=ENTERS)

    def __call__(self, said: str) -> Floats:
        """Return the states of a remark's tokens, shape ``(tokens, hidden)``."""
        text = said.strip(" «»").encode("utf-8", "replace").decode()
        tokens = load_tokenizer().encode(PASSAGE + text).ids[:_TOKENS]
        inputs = {"input_ids": np.array([tokens], dtype=np.int64)}
        (states,) = self._session.run([ENTERS], inputs)
        found: Floats = states[0]
        return found


class RemarkReader:
    """The trained layers and their head; may be shared between threads."""

    def __init__(self, folder: Path = BUNDLED) -> None:
        """Open what ``python -m evaluation.train_remarks`` wrote.

        Raises:
            ModelUnavailable: a file is missing or cut; the message says what to do.
        """
        manifest = read_manifest(folder / "remarks.json")
        #: The kinds, in the order of their probabilities.
        self.kinds: tuple[str, ...] = tuple(manifest["kinds"])
        with np.load(folder / "remarks.npz", allow_pickle=False) as held:
            tensors = expand(dict(held))
        self._layers = [
            Layer(
                {
                    name.removeprefix(prefix): tensor
                    for name, tensor in tensors.items()
                    if name.startswith(prefix)
                },
                heads=HEADS,
                epsilon=EPSILON,
            )
            for prefix in (f"l{number}." for number in TRAINED)
        ]
        self._weights, self._bias = tensors["kinds.w"], tensors["kinds.b"]
        self._lower = LowerLayers()
        self._threads = ThreadPoolExecutor(max_workers=cores())
        self._kept: dict[str, Floats] = {}

    def read(self, said: Sequence[str]) -> Floats:
        """Return the probability of each kind, shape ``(remarks, kinds)``.

        Remarks that were read are remembered: a decision changes no words.
        """
        if len(self._kept) > _REMEMBERED:
            self._kept = {}
        told = self._kept
        new = [text for text in dict.fromkeys(said) if text not in told]
        # One after the other: NumPy shares a product among the cores by itself.
        below = list(self._threads.map(self._lower, new))
        for text, states in zip(new, below, strict=True):
            told[text] = self._read(states)
        return np.array([told[text] for text in said]).reshape(len(said), len(self.kinds))

    def _read(self, states: Floats) -> Floats:
        for layer in self._layers:
            states = layer(states)
        vector = states.mean(axis=0)
        vector *= NORM / np.linalg.norm(vector)
        read: Floats = softmax(self._weights @ vector + self._bias)
        return read


@lru_cache(maxsize=1)
def remark_reader() -> RemarkReader:
    """Return the reader that comes with Appui."""
    return RemarkReader()
