"""What Appui knows: corpora, index, search and structured facts. See docs/api.md."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from knowledge.filters import Filter
    from knowledge.library import open_library

__all__ = ["Filter", "open_library"]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - any public name
    """Import a public name when it is first asked for: a tool that needs none stays quick."""
    if name == "open_library":
        from knowledge.library import open_library

        return open_library
    if name == "Filter":
        from knowledge.filters import Filter

        return Filter
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)
