"""The answer: one object that the page, the command line and the evaluator all read.

Its JSON form (``Answer.to_json``) is a contract: later versions add, never change.
"""

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

Status = Literal["answered", "partial", "not_found", "clarify", "refused"]
WarningKind = Literal[
    "stale", "superseded", "contradiction", "local_rule", "personal_data", "unverified"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A numbered proof: a verbatim slice of a stored passage, and where it stands.

    ``n`` is the number shown as ``[n]``. ``quote`` is an exact slice of the document's text,
    from ``start`` to ``end`` (string indices into that text).
    """

    n: int
    document_id: str
    title: str
    collection: str
    section: str | None
    page: int | None
    quote: str
    start: int
    end: int
    passage_id: str
    url: str | None = None
    date: str | None = None
    date_meaning: str | None = None
    valid_from: str | None = None
    valid_until: str | None = None
    fictional: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the answer and the numbers of the citations that prove it."""

    text: str
    citations: tuple[int, ...]
    verified: bool


@dataclass(frozen=True, slots=True)
class Caution:
    """Something the adviser must know before repeating the answer, in one French sentence."""

    kind: WarningKind
    message: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the way from the question to the answer, with its duration in milliseconds."""

    step: str
    detail: dict[str, Any]
    ms: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A question answered, or the honest reason why it is not.

    ``text`` is Markdown with ``[n]`` marks. ``suggestions`` are further questions or leads that
    can be asked as they are. ``model`` names what wrote the text.
    """

    question: str
    standalone_question: str
    status: Status
    text: str
    sentences: tuple[Sentence, ...] = ()
    citations: tuple[Citation, ...] = ()
    warnings: tuple[Caution, ...] = ()
    suggestions: tuple[str, ...] = ()
    trace: tuple[Step, ...] = field(default=())
    model: str = "appui-redacteur"

    def to_json(self) -> dict[str, Any]:
        """Return the answer as JSON-ready dictionaries and lists, in the contract's form."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Exchange:
    """An earlier question of the conversation and the answer that was given.

    ``standalone`` is the question as it was understood and ``sheets`` the documents that the answer
    cites, in their order; both None where only the texts are known.
    """

    question: str
    answer: str
    standalone: str | None = None
    sheets: tuple[str, ...] | None = None
