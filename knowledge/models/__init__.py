"""The bundled embedding model and the program that made it."""

__all__: list[str] = []
