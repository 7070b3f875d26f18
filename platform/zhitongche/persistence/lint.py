"""Catalogue lint: proves from PostgreSQL's own catalogue that the tables keep the tenants apart.

Row-level security is not enough: foreign keys, unique constraints and TRUNCATE bypass it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files

from sqlalchemy import Connection, MetaData, text

_QUESTIONS = text(files(__package__).joinpath("lint.sql").read_text())
_ALEMBIC = "alembic_version"


@dataclass(frozen=True, order=True)
class Finding:
    """One fault: of which relation, and what it is, in Chinese."""

    thing: str
    fault: str

    def __str__(self) -> str:
        return f"{self.thing}:{self.fault}"


class Unsound(RuntimeError):
    """The tables do not keep the tenants apart."""

    def __init__(self, found: Iterable[Finding]) -> None:
        self.findings = list(found)
        super().__init__("数据库结构不符合租户隔离要求:\n" + "\n".join(f"  {f}" for f in self.findings))


def findings(connection: Connection, metadata: MetaData) -> list[Finding]:
    """All faults of schema `public`; a table without tenants must say why in its `info["shared"]`."""
    marked = {
        "shared": [*_marked(metadata, "shared"), _ALEMBIC],
        "append_only": _marked(metadata, "append_only"),
        "upward": _marked(metadata, "upward"),
        "upward_columns": [f"{name}.{column}" for name in _marked(metadata, "upward") for column in metadata.tables[name].info["upward"]["columns"]],
    }
    return sorted({Finding(*row) for row in connection.execute(_QUESTIONS, marked)})


def require_sound(connection: Connection, metadata: MetaData) -> None:
    """Raise Unsound with all findings, where there is any."""
    if found := findings(connection, metadata):
        raise Unsound(found)


def _marked(metadata: MetaData, mark: str) -> list[str]:
    return [table.name for table in metadata.sorted_tables if table.info.get(mark)]
