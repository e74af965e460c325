"""What surrounds every page: the style, the script, the links that open, what is spoken."""

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st

_FOLDER = Path(__file__).parent
_SCRIPTS = ("acronyms.js", "shell.js")
_KEY = "shell"
_OPENED = "opened"
_ANNOUNCED = "announced"

Mount = Callable[..., Any]


def style() -> None:
    """Give the page its style sheet."""
    st.html(_FOLDER / "style.css")


def mount() -> None:
    """Put the script on the page; called once a run, after everything else."""
    with st.container(key="shell-place"):
        _script()(
            key=_KEY,
            data={"announced": st.session_state.get(_ANNOUNCED)},
            on_opened_change=_remember_opened,
        )


def announce(text: str, *, name: str) -> None:
    """Have a finished answer said once by screen readers; ``name`` tells it from the one before."""
    st.session_state[_ANNOUNCED] = {"id": name, "text": text}


def open_link(target: str) -> None:
    """Ask for the opening of ``source-…`` or ``document-…`` in this run or the next."""
    st.session_state[_OPENED] = target


def opened(prefix: str) -> str | None:
    """Return what was asked to open, without its prefix, once; None when nothing was."""
    target = st.session_state.get(_OPENED)
    if not isinstance(target, str) or not target.startswith(prefix):
        return None
    del st.session_state[_OPENED]
    return target.removeprefix(prefix)


def copy_button(label: str, *, text: str, key: str) -> None:
    """Show a button that copies a text without asking the server."""
    _copy_script()(
        key=key,
        width="content",
        data={
            "label": label,
            "text": text,
            "done": "Copié.",
            "refused": "Le navigateur a refusé la copie : sélectionnez le texte à la main.",
        },
    )


def _remember_opened() -> None:
    state = st.session_state.get(_KEY)
    target = getattr(state, _OPENED, None)
    if target:
        open_link(str(target))


@functools.cache
def _script() -> Mount:
    return st.components.v2.component(
        "appui_shell",
        html='<div role="status" aria-live="polite" class="spoken"></div>',
        js="\n".join((_FOLDER / name).read_text(encoding="utf-8") for name in _SCRIPTS),
        isolate_styles=False,
    )


@functools.cache
def _copy_script() -> Mount:
    return st.components.v2.component(
        "appui_copy",
        html='<button type="button" class="copy"></button><span role="status"></span>',
        js=(_FOLDER / "copy.js").read_text(encoding="utf-8"),
        isolate_styles=False,
    )
