"""A long list, a few at a time."""

from collections.abc import Sequence
from typing import TypeVar

import streamlit as st

Item = TypeVar("Item")
_SIZE = 10


def one_page(items: Sequence[Item], *, key: str) -> Sequence[Item]:
    """Return the items of the page that is chosen, after offering to choose it."""
    pages = -(-len(items) // _SIZE)
    if pages <= 1:
        return items
    page = st.selectbox(
        "Voir",
        range(pages),
        format_func=lambda at: (
            f"{at * _SIZE + 1} à {min((at + 1) * _SIZE, len(items))} sur {len(items)}"
        ),
        key=f"page of {key}",
        width=220,
    )
    return items[page * _SIZE : (page + 1) * _SIZE]
