"""A tenant as it was played: all its rows, those of each petition together, the others apart."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from zhitongche.journal import sealing
from zhitongche.journal.chain import FIELDS, Header, canonical, header_bytes
from zhitongche.kernel import clock
from zhitongche.persistence import models
from zhitongche.simulation.bulk import copying
from zhitongche.simulation.bulk.copying import NULL, Line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import psycopg
    from sqlalchemy import Table

LEFT_OUT: Final = (
    "pack_version", "outbox", "notice", "draft", "attachment", "paper_file", "read_log", "sign_in_log", "sms_code", "rate_counter", "heartbeat",
    "dossier_job", "dossier_item", "figure_increment", "figure_tally", "figure_reported", "figure_report", "figure_report_made", "figure_reporter", "figure_sent", "number_series",
)  # fmt: skip
"""Not stamped: what is on its way, who read what, files on disk; sums and numbers are counted anew, packs kept by themselves."""
LEFT_OUT_ROOMS: Final = ("bridge_", "api_")
BY_HAND: Final = frozenset({"journal_entry", "dossier_key", "petition_search"})
"""Sealed, keyed and searched for each petition anew."""
_NO_LIST: Final = frozenset({"petition", "unit", "person", "enterprise"})
_ID: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True)
class Entry:
    """A journal entry: its header as it is hashed, its sealed content in the clear, its row up to the body."""

    header: str
    content: str
    line: str


@dataclass
class Bundle:
    """Petitions that name each other, and all that is theirs, by table."""

    petitions: list[str] = field(default_factory=list)
    rows: dict[str, list[Line]] = field(default_factory=dict)
    journals: dict[str, list[Entry]] = field(default_factory=dict)


@dataclass
class World:
    """A tenant's rows by table: `bundles` of its petitions, and `own`, which are of no single petition."""

    tenant: str
    columns: dict[str, list[str]]
    own: dict[str, list[Line]]
    bundles: list[Bundle]
    sums: list[dict[str, str]]
    increments: list[dict[str, str]]

    def every(self, table: str) -> Iterator[Line]:
        """The table's rows, whosever they are."""
        yield from self.own.get(table, ())
        for bundle in self.bundles:
            yield from bundle.rows.get(table, ())


@cache
def tables() -> list[Table]:
    """The tables that are stamped, those first that others refer to."""
    known = models.load().sorted_tables
    return [one for one in known if "tenant_id" in one.columns and one.name not in LEFT_OUT and not one.name.startswith(LEFT_OUT_ROOMS)]


@cache
def meeting_tables() -> frozenset[str]:
    """Tables of what happens to a petition at a meeting: which a copy has not been at."""
    return frozenset(one.name for one in tables() if "petition_id" in one.columns and "meeting" in _referred(one))


@cache
def list_tables() -> frozenset[str]:
    """Tables of lists made once, of the month, of what was urged: a copy does not come onto them."""
    alone = {one.name for one in tables() if "petition_id" not in one.columns} - _NO_LIST
    return frozenset(one.name for one in tables() if "petition_id" in one.columns and _referred(one) & alone)


def _referred(table: Table) -> set[str]:
    return {key.column.table.name for key in table.foreign_keys}


def capture(connection: psycopg.Connection, tenant: str) -> World:
    """All rows of a tenant, seen with the administrator's eyes."""
    connection.execute("set timezone = 'UTC'")
    chosen = tables()
    columns = {one.name: copying.columns(connection, one.name) for one in chosen}
    at = columns["petition"].index("id")
    # Figures and journals say whose they are without a foreign key; figures are of meetings too.
    owners = {"": {line[at]: line[at] for line in copying.read(connection, "petition", tenant)}}
    world = World(tenant, columns, {}, [], _rows(connection, "figure_tally", tenant), _rows(connection, "figure_increment", tenant))
    alone: dict[str, Bundle] = {}
    for table in chosen:
        owners[table.name] = {}
        for line in copying.read(connection, table.name, tenant):
            petition = _owner(table, dict(zip(columns[table.name], line, strict=True)), owners)
            rows = world.own if petition is None else alone.setdefault(petition, Bundle([petition])).rows
            rows.setdefault(table.name, []).append(line)
    for bundle in alone.values():
        _unseal(bundle, columns)
    world.bundles = _together(alone)
    return world


def _rows(connection: psycopg.Connection, table: str, tenant: str) -> list[dict[str, str]]:
    return list(values(copying.read(connection, table, tenant), copying.columns(connection, table)))


def _owner(table: Table, row: dict[str, str], owners: dict[str, dict[str, str]]) -> str | None:
    """Whose the row is: the petition it names, else that of a row it refers to."""
    own = owners[""].get(row["id"] if table.name == "petition" else row.get("petition_id", NULL))
    referred = (owners.get(key.column.table.name, {}).get(row[key.parent.name]) for key in table.foreign_keys if key.parent.name != "tenant_id")
    found = own or next((one for one in referred if one), None)
    if found and "id" in row:
        owners[table.name][row["id"]] = found
    return found


def _unseal(bundle: Bundle, columns: dict[str, list[str]]) -> None:
    """The journals in the clear, in order."""
    (keyed,) = (dict(zip(columns["dossier_key"], line, strict=True)) for line in bundle.rows["dossier_key"])
    key, names = _bytes(keyed["key"]), columns["journal_entry"]
    lines = sorted(bundle.rows.pop("journal_entry"), key=lambda line: int(line[names.index("seq")]))
    assert names[-3:] == ["body", "prev_hash", "hash"], names
    for line in lines:
        header = _header(dict(zip(names, line, strict=True)))
        body = sealing.unseal(key, _bytes(line[-3]), header)
        bundle.journals.setdefault(bundle.petitions[0], []).append(Entry(header.decode(), canonical(body).decode(), "\t".join(line[:-3])))


def _bytes(value: str) -> bytes:
    return bytes.fromhex(copying.plain(value).removeprefix("\\x"))


def _header(row: dict[str, str]) -> bytes:
    values: dict[str, Any] = {name: None if row[name] == NULL else copying.plain(row[name]) for name in FIELDS}
    return header_bytes(Header(**{**values, "seq": int(row["seq"]), "at": _moment(row["at"])}))


def _moment(value: str) -> datetime:
    return clock.utc(datetime.fromisoformat(value))


def _together(alone: dict[str, Bundle]) -> list[Bundle]:
    """Petitions of which one names another make one bundle: a duplicate goes with what it was joined into."""
    leader = {petition: petition for petition in alone}

    def top(petition: str) -> str:
        while leader[petition] != petition:
            petition = leader[petition]
        return petition

    for petition, bundle in alone.items():
        for other in _named(bundle) & alone.keys() - {petition}:
            first, second = sorted((top(petition), top(other)))
            leader[second] = first
    found: dict[str, Bundle] = {}
    for petition in sorted(alone):
        _add(found.setdefault(top(petition), Bundle()), alone[petition])
    return list(found.values())


def _named(bundle: Bundle) -> set[str]:
    texts = [value for lines in bundle.rows.values() for line in lines for value in line]
    texts += [entry.content for entries in bundle.journals.values() for entry in entries]
    return {one for text in texts for one in _ID.findall(text)}


def _add(whole: Bundle, part: Bundle) -> None:
    whole.petitions += part.petitions
    whole.journals |= part.journals
    for table, lines in part.rows.items():
        whole.rows.setdefault(table, []).extend(lines)


def values(lines: Iterable[Line], names: list[str]) -> Iterator[dict[str, str]]:
    """Rows by column, as they are."""
    for line in lines:
        yield {name: copying.plain(value) for name, value in zip(names, line, strict=True)}
