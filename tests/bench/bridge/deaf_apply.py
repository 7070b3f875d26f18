"""A message that does nothing."""


def nothing(*_: object) -> None:
    """Done."""
