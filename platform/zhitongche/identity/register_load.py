"""Loading the legal-entity register (法人库) from a CSV."""

import csv
import io
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert

from zhitongche.identity import words
from zhitongche.identity.tables import LegalEntity
from zhitongche.kernel import clock, identifiers
from zhitongche.kernel.errors import Invalid
from zhitongche.persistence import current_tenant, db

COLUMNS = {
    "credit_code": ("统一社会信用代码", "credit_code"),
    "name": ("企业名称", "name"),
    "area_code": ("区划代码", "area_code", "area"),
    "status": ("登记状态", "status"),
    "legal_person": ("法定代表人", "legal_person"),
    "address": ("住所", "address"),
    "industry": ("行业", "industry"),
}
_REQUIRED = ("credit_code", "name")
_BATCH = 1000
_MAX_FAULTS = 50

Row = dict[str, str | None]


def load_csv(source: Path | BinaryIO) -> int:
    """Add the rows of a UTF-8 CSV or bring them up to date; tells how many. Headings English or Chinese.

    Raises Invalid with each faulty line (the first 50); nothing is then written.
    """
    content = source.read_bytes() if isinstance(source, Path) else source.read()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Invalid({"file": words.CSV_ENCODING}) from None
    if "\x00" in text:  # which PostgreSQL cannot hold
        raise Invalid({"file": words.CSV_ENCODING})
    try:
        rows = _checked(csv.DictReader(io.StringIO(text, newline="")))
    except csv.Error as fault:  # a quotation mark without its fellow swallows the file as one cell
        raise Invalid({"file": words.CSV_UNREADABLE}) from fault
    remaining = iter(rows.values())
    while batch := list(islice(remaining, _BATCH)):
        _upsert(batch)
    return len(rows)


def standing() -> tuple[int, datetime | None]:
    """How many legal entities the register holds, and when it was last loaded (UTC; None where it never was)."""
    count, loaded = db.session.execute(select(func.count(), func.max(LegalEntity.loaded_at)).select_from(LegalEntity)).one()
    return count, loaded


def _checked(reader: "csv.DictReader[str]") -> dict[str, Row]:
    headings = _headings(reader)
    rows: dict[str, Row] = {}
    errors: dict[str, str] = {}
    for line, fields in _parsed(reader, headings):
        try:
            code = identifiers.credit_code(fields["credit_code"] or "")
            if not fields["name"]:
                raise Invalid({"name": words.ENTERPRISE_NAME_EMPTY})
        except Invalid as invalid:
            errors[words.CSV_LINE.format(line=line)] = "".join(invalid.errors.values())
            if len(errors) == _MAX_FAULTS:
                break
            continue
        rows[code] = {**fields, "credit_code": code}
    if errors:
        raise Invalid(errors)
    return rows


def _parsed(reader: "csv.DictReader[str]", headings: dict[str, str]) -> Iterator[tuple[int, Row]]:
    for cells in reader:
        yield (
            reader.line_num,
            {field: (cells.get(head) or "").strip() or None for field, head in headings.items()},
        )


def _headings(reader: "csv.DictReader[str]") -> dict[str, str]:
    present = {head.strip(): head for head in reader.fieldnames or () if head}
    found = {
        field: next((present[name] for name in names if name in present), None)
        for field, names in COLUMNS.items()
    }
    missing = [COLUMNS[field][0] for field in _REQUIRED if not found[field]]
    if missing:
        raise Invalid({"file": words.CSV_COLUMNS.format(columns="、".join(missing))})
    return {field: head for field, head in found.items() if head}


def _upsert(batch: list[Row]) -> None:
    now = clock.now()
    blank = dict.fromkeys(COLUMNS)
    values = [{**blank, **row, "tenant_id": current_tenant(), "loaded_at": now} for row in batch]
    statement = insert(LegalEntity).values(values)
    changed = {
        field: statement.excluded[field] for field in (*COLUMNS, "loaded_at") if field != "credit_code"
    }
    db.session.execute(
        statement.on_conflict_do_update(
            index_elements=[LegalEntity.tenant_id, LegalEntity.credit_code], set_=changed
        )
    )
