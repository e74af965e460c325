"""How good Appui is: question sets, metrics with their intervals, runs."""

__all__: list[str] = []
