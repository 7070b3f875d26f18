"""CHECK constraints that several tables share."""

from collections.abc import Iterable

from sqlalchemy import CheckConstraint

from zhitongche.flow.vocabulary import ROLES


def one_of(column: str, words: Iterable[str]) -> CheckConstraint:
    """The column holds one word of a closed list."""
    listed = ", ".join(f"'{word}'" for word in words)
    return CheckConstraint(f"{column} in ({listed})", name=column)


def mobile(column: str) -> CheckConstraint:
    """The column holds a mainland mobile in 11 digits, or nothing."""
    return CheckConstraint(f"{column} ~ '^1[3-9][0-9]{{9}}$'", name=column)


def filled(column: str) -> CheckConstraint:
    """The column holds more than blanks."""
    return CheckConstraint(f"{column} ~ '[^[:space:]]'", name=f"{column}_filled")


def known_roles() -> CheckConstraint:
    """Column `roles` holds roles of the flow's vocabulary only."""
    listed = ", ".join(f"'{role}'" for role in ROLES)
    return CheckConstraint(f"roles <@ array[{listed}]::text[]", name="roles")
