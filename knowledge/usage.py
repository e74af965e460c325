"""Argparse, speaking French: one sentence for a wrong command, and French headings in the help."""

import argparse
import datetime as dt
import re
from typing import Any, NoReturn

_TRANSLATIONS = (
    (r"the following arguments are required:", "il manque :"),
    (r"unrecognized arguments:", "options inconnues :"),
    (r"^argument ([^:]+): ", r"\1 : "),
    (r"invalid choice:", "valeur inconnue :"),
    (r"choose from", "choix possibles :"),
    (r"expected one argument", "une valeur est attendue"),
    (r"expected at least one argument", "une valeur au moins est attendue"),
    (r"not allowed with argument", "ne va pas avec"),
    (r"ignored explicit argument (\S+)", r"n'attend pas de valeur (\1)"),
    (r"ambiguous option: (.+) could match (.+)", r"option ambiguë : \1 peut être \2"),
    (r"invalid \S+ value:", "valeur incorrecte :"),
)


class FrenchParser(argparse.ArgumentParser):
    """A parser whose errors and help are in French."""

    def __init__(self, *, add_help: bool = True, **options: Any) -> None:  # noqa: ANN401
        """Take the options of argparse's own parser."""
        options.setdefault("formatter_class", _FrenchHelp)
        super().__init__(add_help=False, **options)
        self._positionals.title = "arguments"
        self._optionals.title = "options"
        if add_help:
            self.add_argument(
                "-h", "--help", action="help", default=argparse.SUPPRESS, help="montre cette aide"
            )

    def error(self, message: str) -> NoReturn:
        """Say in one sentence what is wrong, and leave with status 2."""
        for english, french in _TRANSLATIONS:
            message = re.sub(english, french, message)
        self.exit(2, f"{self.prog} : {message}. « {self.prog} --help » montre l'usage.\n")


class _FrenchHelp(argparse.HelpFormatter):
    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: Any = None) -> None:  # noqa: ANN401
        super().add_usage(usage, actions, groups, "usage : " if prefix is None else prefix)


def iso_date(text: str) -> dt.date:
    """Return a day that an option gives as ``AAAA-MM-JJ``.

    Raises:
        argparse.ArgumentTypeError: it is none.
    """
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        message = f"« {text} » n'est pas une date : écrivez-la AAAA-MM-JJ"
        raise argparse.ArgumentTypeError(message) from error


def positive(text: str) -> int:
    """Return a number above zero that an option gives.

    Raises:
        argparse.ArgumentTypeError: it is none.
    """
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"« {text} » n'est pas un nombre entier supérieur à zéro")
    return int(text)
