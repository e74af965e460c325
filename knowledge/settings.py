"""Where the knowledge lies on disk; only entry points call this, since it reads the environment."""

import os
from pathlib import Path


def home_folder(override: Path | None = None) -> Path:
    """Return the data folder: the one asked for, else ``$APPUI_HOME``, else ``.appui``."""
    if override is not None:
        return override
    return Path(os.environ.get("APPUI_HOME") or ".appui")


def model_name() -> str | None:
    """Return the embedding model asked for by ``$APPUI_EMBEDDING``, or None for the bundled one."""
    return os.environ.get("APPUI_EMBEDDING") or None


def ranker_name() -> str | None:
    """Return the ranker asked for by ``$APPUI_RANKER``, or None for the bundled one."""
    return os.environ.get("APPUI_RANKER") or None
