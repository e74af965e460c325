"""What an adviser sees: one module a page, and the parts that the pages share."""

__all__: list[str] = []
