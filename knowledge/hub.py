"""Loads a model that is named: from its folder, from this machine's cache, or from a hub."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from knowledge.errors import ModelUnavailable

Model = TypeVar("Model")

_HUB_TIMEOUT_S = 10.0
_REMEDY = "Enlevez ce réglage pour revenir au modèle fourni avec Appui."


def load_model(spec: str, make: Callable[[str, bool], Model]) -> Model:
    """Return the model of a folder, or of a name on a hub.

    Args:
        spec: the name or the folder.
        make: loads the model of a name or a folder; True: without network.

    Raises:
        ModelUnavailable: it cannot be loaded; the message says what to do.
    """
    from transformers.utils.logging import disable_progress_bar

    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    disable_progress_bar()  # type: ignore[no-untyped-call]
    return _load_folder(spec, make) if _is_folder(spec) else _load_from_hub(spec, make)


def _is_folder(spec: str) -> bool:
    return Path(spec).exists() or spec.startswith((".", "/", "~", "\\")) or spec.count("/") > 1


def _load_folder(spec: str, make: Callable[[str, bool], Model]) -> Model:
    folder = Path(spec).expanduser()
    if not folder.is_dir():
        message = f"Le dossier de modèle {spec} n'existe pas. Corrigez son chemin. {_REMEDY}"
        raise ModelUnavailable(message)
    try:
        return make(str(folder), True)  # noqa: FBT003 - see load_model
    except (OSError, ValueError, RuntimeError, KeyError) as error:
        message = (
            f"Le dossier {spec} ne contient pas de modèle sentence-transformers lisible. "
            f"Téléchargez-le de nouveau. {_REMEDY}"
        )
        raise ModelUnavailable(message) from error


def _load_from_hub(spec: str, make: Callable[[str, bool], Model]) -> Model:
    """Load a model from the local cache, otherwise from the hub once it has answered.

    Asking first matters: without network, the download itself would retry for over a minute.
    """
    import httpx
    from huggingface_hub import HfApi
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError

    try:
        return make(spec, True)  # noqa: FBT003
    except (OSError, ValueError):
        pass
    try:
        HfApi().model_info(spec, timeout=_HUB_TIMEOUT_S)
        return make(spec, False)  # noqa: FBT003
    except (HfHubHTTPError, HFValidationError) as error:
        message = (
            f"Le modèle {spec} n'existe pas ou n'est pas accessible sur le dépôt de modèles. "
            f"Vérifiez son nom. {_REMEDY}"
        )
        raise ModelUnavailable(message) from error
    except (httpx.HTTPError, OSError, ValueError, RuntimeError) as error:
        message = (
            f"Le modèle {spec} n'est pas sur cette machine et n'a pas pu être téléchargé. "
            f"Vérifiez la connexion, ou donnez le dossier où il se trouve. {_REMEDY}"
        )
        raise ModelUnavailable(message) from error
