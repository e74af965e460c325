"""Start the page: ``python -m pages [--port N]``; says in French when it cannot."""

import os
import socket
import sys
from pathlib import Path

from knowledge.terminal import run
from knowledge.usage import FrenchParser, positive

_ADDRESS = "localhost"


def main(arguments: list[str] | None = None) -> int:
    """Start the server on a free port, or say which port is taken and what to do."""
    parser = FrenchParser(prog="python -m pages", description="Ouvre la page d'Appui.")
    parser.add_argument("--port", type=positive, default=8501, help="le port de la page (8501)")
    port: int = parser.parse_args(arguments).port
    if not _is_free(port):
        print(
            f"Le port {port} est déjà pris, peut-être par Appui lui-même : ouvrez "
            f"http://{_ADDRESS}:{port}, ou choisissez un autre port (make run PORT={port + 1}).",
            file=sys.stderr,
        )
        return 1
    print(f"Appui s'ouvre sur http://{_ADDRESS}:{port} (Ctrl+C pour l'arrêter).", file=sys.stderr)
    root = Path(__file__).parents[1]
    os.chdir(root)  # where Streamlit looks for its settings
    _serve(root / "app.py", port)
    return 0


def _serve(script: Path, port: int) -> None:
    from streamlit.runtime.pages_manager import PagesManager
    from streamlit.web import cli

    # Streamlit takes any folder named pages/ for a site of the old kind until st.navigation is
    # called, and would answer the first request for a deep address with a module of this package.
    PagesManager.uses_pages_directory = False
    cli.main(["run", str(script), "--server.port", str(port), "--logger.level", "warning"])


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        # As Streamlit's server does, so that a port just left is not called taken.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((_ADDRESS, port))
        except (OSError, OverflowError):
            return False
    return True


if __name__ == "__main__":
    sys.exit(run(main))
