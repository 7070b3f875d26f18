"""The fast path: rows that the use cases have written, copied with new ids, numbers, texts and moments.

A hundred thousand petitions through the use cases would take half an hour. Here a few hundred are, and every
copy is what the use cases would have written at another moment for another enterprise: the journal is sealed
with a key of its own and chained anew. `tests/zhitongche/casework/test_bench_rows.py` proves it on a sample.
Loaded by COPY as the administrator, since COPY does not write under row-level security; foreign keys, checks
and unique constraints stay in force. Promises and notices are not multiplied.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from random import Random
from typing import Any
from uuid import UUID

import psycopg
from psycopg import sql

from tests.bench.people import Company
from tests.bench.stories import Template
from zhitongche.journal import sealing
from zhitongche.journal.chain import FIELDS, GENESIS, Header, header_bytes, link
from zhitongche.kernel import clock, text
from zhitongche.persistence.search import pairs

TABLES = (
    "petition", "petition_search", "dossier_key", "journal_entry", "clock", "record", "co_part", "objection", "plan", "milestone", "rating",
)  # fmt: skip
"""In the order of their foreign keys."""
CHUNK = 4000
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d(T[\d:.]+(\+\d\d:\d\d|Z)?)?$")

Row = dict[str, Any]


@dataclass(frozen=True)
class Words:
    """What a petition says."""

    title: str
    content: str
    wish: str


@dataclass(frozen=True)
class Copy:
    """One petition to be made: from which template, moved by how many days, whose, with which words."""

    template: Template
    days: int
    company: Company
    words: Words


@dataclass
class Original:
    """A template's rows by table with the columns that differ in a copy, and its journal in the clear."""

    rows: dict[str, list[Row]]
    differing: dict[str, list[list[str]]]
    bodies: list[Row]
    own_ids: list[UUID]

    @property
    def petition(self) -> Row:
        return self.rows["petition"][0]


@dataclass
class Change:
    """What is different in one copy."""

    span: timedelta
    ids: dict[UUID, UUID]
    texts: dict[str, str] = field(default_factory=dict)

    def value(self, value: Any) -> Any:
        """A column's value, or one deep inside of JSON, as it is in the copy."""
        match value:
            case str():
                return self.texts.get(value) or self._moved(value)
            case UUID():
                return self.ids.get(value, value)
            case date():
                return value + self.span
            case dict():
                return {key: self.value(one) for key, one in value.items()}
            case list():
                return [self.value(one) for one in value]
        return value

    def _moved(self, value: str) -> str:
        if not value[:4].isdigit() or not _MOMENT.match(value):
            return value
        kind: Any = datetime if "T" in value else date
        return str((kind.fromisoformat(value) + self.span).isoformat())


def read(connection: psycopg.Connection[Row], template: Template) -> Original:
    """All rows of a played case."""
    rows = {table: _rows(connection, table, template.petition_id) for table in TABLES}
    key = rows["dossier_key"][0]["key"]
    bodies = [sealing.unseal(key, row["body"], header_bytes(_header(row))) for row in rows["journal_entry"]]
    own = {row["id"] for table in TABLES for row in rows[table] if "id" in row}
    differing = {table: [_differing(row, rows["petition"][0]) for row in rows[table]] for table in TABLES}
    return Original(rows, differing, bodies, sorted(own))


def _differing(row: Row, petition: Row) -> list[str]:
    # Asked once a template instead of once a copy: most columns are codes, which stay.
    said = {petition[name] for name in ("number", "title", "content", "wish")}
    return [name for name, value in row.items() if isinstance(value, UUID | date | dict) or (isinstance(value, str) and (value in said or _MOMENT.match(value)))]


def _rows(connection: psycopg.Connection[Row], table: str, petition_id: UUID) -> list[Row]:
    key, order = ("id", "id") if table == "petition" else ("petition_id", "seq" if table == "journal_entry" else "tenant_id")
    query = sql.SQL("select * from {} where {} = %s order by {}").format(*(sql.Identifier(word) for word in (table, key, order)))
    return connection.execute(query, [petition_id]).fetchall()


def _header(row: Row) -> Header:
    return Header(**{name: row[name] for name in FIELDS})


def expand(original: Original, copy: Copy, number: str, rng: Random) -> dict[str, list[Row]]:
    """The rows of one copy, by table."""
    change = _change(original, copy, number, rng)
    made = {table: _all_moved(original, table, change) for table in TABLES if table not in _OWN_WAY}
    petition = made["petition"][0]
    petition |= {"contact_name": copy.company.person_name, "contact_mobile": copy.company.mobile, "area": copy.company.area}
    made["petition_search"] = [_findable(petition, copy.company, change.value(original.rows["petition_search"][0]["at"]))]
    made |= _chained(original, change)
    return made


_OWN_WAY = frozenset({"petition_search", "dossier_key", "journal_entry"})


def _change(original: Original, copy: Copy, number: str, rng: Random) -> Change:
    was, span = original.petition, timedelta(days=copy.days)
    ids = {one: _moved_id(one, copy.days, rng) for one in original.own_ids}
    ids |= {was["enterprise_id"]: copy.company.id, was["submitted_by"]: copy.company.person_id}
    said = copy.words
    texts = {was["number"]: number, was["title"]: said.title, was["content"]: said.content, was["wish"]: said.wish}
    return Change(span, ids, texts | {str(old): str(new) for old, new in ids.items()})


def _all_moved(original: Original, table: str, change: Change) -> list[Row]:
    rows = zip(original.rows[table], original.differing[table], strict=True)
    return [row | {name: change.value(row[name]) for name in names} for row, names in rows]


def _moved_id(old: UUID, days: int, rng: Random) -> UUID:
    # A UUIDv7 keeps its place in time: milliseconds, version and counter move along, the rest is new.
    head = (old.int >> 64) + (days * 86_400_000 << 16)
    return UUID(int=head << 64 | 0b10 << 62 | rng.getrandbits(62))


def _findable(petition: Row, company: Company, at: datetime) -> Row:
    said = [petition["number"], petition["letter_number"] or "", petition["title"], petition["content"], petition["wish"]]
    parts = [_searched(part) for part in (*said, company.name, company.credit_code)]
    plain, words = " ".join(plain for plain, _ in parts if plain), frozenset().union(*(words for _, words in parts))
    return {"tenant_id": petition["tenant_id"], "petition_id": petition["id"], "words": " ".join(words), "plain": plain, "at": at}


@lru_cache(maxsize=100_000)
def _searched(part: str) -> tuple[str, frozenset[str]]:
    # The parts of a dossier are words of their own, so that what was said once need not be split again.
    plain = text.normalized(part)
    return plain, frozenset(f"'{word}'" for word in pairs(plain))


def _chained(original: Original, change: Change) -> dict[str, list[Row]]:
    key, previous, entries = sealing.new_key(), GENESIS, []
    for row, body in zip(_all_moved(original, "journal_entry", change), original.bodies, strict=True):
        plain = header_bytes(_header(row))
        sealed = sealing.seal(key, change.value(body), plain)
        entries.append(row | {"body": sealed, "prev_hash": previous, "hash": link(previous, plain, sealed)})
        previous = entries[-1]["hash"]
    (tail,) = _all_moved(original, "dossier_key", change)
    tail |= {"key": key, "tail_seq": len(entries), "tail_hash": previous}
    return {"journal_entry": entries, "dossier_key": [tail]}


def numbered(copies: list[Copy], originals: dict[UUID, Original], prefix: str, used: Counter[int]) -> Iterator[tuple[Copy, str]]:
    """The copies in the order in which they came in, each with the next number of its year; counts on in `used`."""
    came = {id(copy): originals[copy.template.petition_id].petition["received_at"] + timedelta(days=copy.days) for copy in copies}
    for copy in sorted(copies, key=lambda one: came[id(one)]):
        year = clock.local(came[id(copy)]).year
        used[year] += 1
        yield copy, f"{prefix}{year}{used[year]:06d}"


def load(connection: psycopg.Connection[Row], made: Iterator[dict[str, list[Row]]], report: Callable[[int], None]) -> None:
    """Write the copies, in chunks, each table by COPY."""
    waiting: dict[str, list[Row]] = {table: [] for table in TABLES}
    count = 0
    for rows in made:
        count += 1
        for table, more in rows.items():
            waiting[table] += more
        if count % CHUNK == 0:
            _write(connection, waiting)
            report(count)
    _write(connection, waiting)
    report(count)


def _write(connection: psycopg.Connection[Row], waiting: dict[str, list[Row]]) -> None:
    for table, rows in waiting.items():
        write(connection, table, rows)
        rows.clear()


def write(connection: psycopg.Connection[Row], table: str, rows: list[Row]) -> None:
    """COPY rows into a table."""
    if not rows:
        return
    names = list(rows[0])
    command = sql.SQL("copy {} ({}) from stdin").format(sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, names)))
    with connection.cursor() as cursor, cursor.copy(command) as stream:
        for row in rows:
            stream.write_row([_plain(value) for value in row.values()])


def _plain(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else value
