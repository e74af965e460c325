"""Says in French what the system or SQLite could not do to the store, and what to do about it."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from knowledge.errors import KnowledgeError, LibraryBusy, LibraryDamaged
from knowledge.system_reasons import reason

_DAMAGED = (
    "Le fichier {path} est endommagé : remettez-en une copie de sauvegarde, ou supprimez-le et"
    " ajoutez de nouveau vos documents."
)
_FULL = (
    "Le disque de {home} est plein : libérez de la place puis recommencez. Ce qui était déjà"
    " enregistré n'est pas perdu."
)
_UNREADABLE = (
    "Le fichier {path} n'a pas pu être lu ou écrit : vérifiez que le disque n'est ni plein ni"
    " défaillant, puis recommencez."
)
_LOCKED = (
    "Le fichier {path} est occupé par un autre programme : attendez qu'il finisse, puis"
    " recommencez."
)
_READ_ONLY = (
    "Le fichier {path} ne peut pas être modifié : donnez-vous le droit d'écrire dans {home}."
)
_NOT_OPENED = (
    "Le fichier {path} ne peut pas être ouvert : vérifiez que {home} est un dossier où vous pouvez"
    " lire et écrire."
)
# A part of what SQLite says, and what it means to a user.
_MEANINGS: dict[str, tuple[type[KnowledgeError], str]] = {
    "malformed": (LibraryDamaged, _DAMAGED),
    "not a database": (LibraryDamaged, _DAMAGED),
    "is full": (KnowledgeError, _FULL),
    "disk I/O error": (KnowledgeError, _UNREADABLE),
    "is locked": (LibraryBusy, _LOCKED),
    "readonly": (KnowledgeError, _READ_ONLY),
    "unable to open": (KnowledgeError, _NOT_OPENED),
}


@contextmanager
def sqlite_errors_named(path: Path) -> Iterator[None]:
    """Turn what SQLite says of a file into an error of ours; a caller's mistake stays as it is."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        for sign, (kind, message) in _MEANINGS.items():
            if sign in str(error):
                raise kind(message.format(path=path, home=path.parent)) from error
        raise


def make_home(home: Path) -> None:
    """Make the data folder when there is none.

    Raises:
        KnowledgeError: it cannot be made, is not a folder, or has a name that Chroma cannot read.
    """
    try:
        str(home).encode()
        home.mkdir(parents=True, exist_ok=True)
    except UnicodeEncodeError as error:
        raise KnowledgeError(
            f"Le nom du dossier de données {home} n'est pas en UTF-8 : choisissez-en un autre."
        ) from error
    except OSError as error:
        raise KnowledgeError(
            f"Le dossier de données {home} ne peut pas être créé ({reason(error)}) : choisissez-en"
            " un autre, ou corrigez ses droits."
        ) from error
