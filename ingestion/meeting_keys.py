"""The keys of a meeting note as people write them, and whether they make a header of a note."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from ingestion.names import slug
from knowledge.documents import Collection

KEYS = (
    "titre", "date", "region", "lieu", "format", "participants", "public", "ordre_du_jour",
    "fictif",
)  # fmt: skip
FORMATS = {"presentiel": "présentiel", "distanciel": "distanciel"}
PUBLICS = {"professionnels": "professionnels", "jeunes": "jeunes"}
# How the words start that say a format or a public in other ways.
_SAY_FORMATS = {
    "présentiel": ("presen", "physique"),
    "distanciel": ("distan", "visio", "webinaire", "teams", "zoom"),
}
_SAY_PUBLICS = {
    "professionnels": (
        "profession", "conseill", "cip", "salari", "equipe", "collegue", "referent", "direct",
        "encadr", "charge", "agent",
    ),
    "jeunes": ("jeunes",),
}  # fmt: skip
# With one of these, words no longer say what they say alone.
_BLUR = frozenset({"hybride", "mixte", "non", "pas", "ni", "sans", "sauf", "hors"})
_YES = frozenset({"true", "oui", "vrai", "vraie", "yes", "1", "x"})
_NO = frozenset({"false", "non", "faux", "no", "0"})

_OTHER_NAMES = {
    "titre_de_la_reunion": "titre",
    "date_de_la_reunion": "date",
    "date_de_reunion": "date",
    "regions": "region",
    "lieu_de_la_reunion": "lieu",
    "ville": "lieu",
    "format_de_la_reunion": "format",
    "participant": "participants",
    "participantes": "participants",
    "participant_e_s": "participants",
    "nombre_de_participants": "participants",
    "nb_de_participants": "participants",
    "nb_participants": "participants",
    "public_consulte": "public",
    "points_de_l_ordre_du_jour": "ordre_du_jour",
    "compte_rendu_fictif": "fictif",
    "reunion_fictive": "fictif",
    "fictive": "fictif",
    "fiction": "fictif",
    "fictionnel": "fictif",
}
_FEWEST = 2
# A label is a slip from here on: « regoin » for « region », not « formation » for « format ».
SLIP = 0.82
_LIKENESS = 0.6


@dataclass(frozen=True, slots=True)
class Entry:
    """One key of a header: its name and value as they are written, and the line it stands on."""

    label: str
    value: str | tuple[str, ...]
    line: int

    @property
    def key(self) -> str:
        """The key of a meeting that the name stands for, or else the name itself."""
        return key_of(self.label) or self.label


def key_of(label: str) -> str | None:
    """Return the key for which a label stands, whatever its accents and capitals."""
    plain = slug(label).replace("-", "_")
    return plain if plain in KEYS else _OTHER_NAMES.get(plain)


def nearest_key(label: str, *, likeness: float = _LIKENESS) -> str | None:
    """Return the key that a label resembles most, if there is one."""
    near = get_close_matches(slug(label).replace("-", "_"), KEYS, n=1, cutoff=likeness)
    return near[0] if near else None


def format_of(text: str) -> str | None:
    """Return the format that a text says in whatever words, or None: both, neither, unclear."""
    return _only_said(text, _SAY_FORMATS)


def public_of(text: str) -> str | None:
    """Return the public that a text says in whatever words, or None: both, neither, unclear."""
    return _only_said(text, _SAY_PUBLICS)


def is_fictional(text: str) -> bool | None:
    """Return whether a text under ``fictif`` says yes or no, or None when it says neither."""
    said = slug(text)
    if said in _YES | _NO:
        return said in _YES
    says_so = any(word.startswith("fict") for word in said.split("-"))
    return True if says_so and _BLUR.isdisjoint(said.split("-")) else None


def _only_said(text: str, ways: Mapping[str, tuple[str, ...]]) -> str | None:
    """Return the one of these values that a text says, if it says only one and plainly."""
    words = slug(text).split("-")
    said = [value for value, starts in ways.items() if any(w.startswith(starts) for w in words)]
    return said[0] if len(said) == 1 and _BLUR.isdisjoint(words) else None


def is_meeting(entries: Iterable[Entry], *, collection: Collection) -> bool:
    """Tell whether these keys head the note of a meeting.

    Other documents have a title, a date, a place: outside the consultation, one key must be of
    those that only its notes bear. ``fictif`` is such a key by itself.
    """
    known = {entry.key: entry.value for entry in entries if key_of(entry.label)}
    if "fictif" in known:
        return True
    return len(known) >= _FEWEST and (collection == "consultation" or any(_telling(known)))


def _telling(known: dict[str, str | tuple[str, ...]]) -> Iterator[bool]:
    """Yield whether each key, with its value, is one that only a note of the consultation has."""
    for key, value in known.items():
        text = value if isinstance(value, str) else " ".join(value)
        yield (
            key == "region"
            or (key == "format" and slug(text) in FORMATS)
            or (key == "public" and slug(text) in PUBLICS)
            or (key == "participants" and text.strip().isdecimal())
        )
