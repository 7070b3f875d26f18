"""The CSV that seeds the legal-entity register (法人库): one enterprise a row, checked before it is loaded."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Final

from zhitongche.kernel.errors import Invalid
from zhitongche.kernel.identifiers import credit_code
from zhitongche.tenancy import words, words_rules

if TYPE_CHECKING:
    from pathlib import Path

COLUMNS: Final = ("credit_code", "name", "area_code", "status", "legal_person", "address", "industry")


def faults(path: Path) -> list[tuple[int, str]]:
    """(line, fault) for a missing column, a bad credit code, a code met twice; none where there is no file."""
    if not path.is_file():
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        missing = [column for column in COLUMNS if column not in (rows.fieldnames or [])]
        return [(1, words.missing("、".join(missing)))] if missing else _faulty_rows(rows)


def _faulty_rows(rows: csv.DictReader[str]) -> list[tuple[int, str]]:
    found, seen = [], set()
    for row in rows:
        code = row["credit_code"] or ""
        if not _right(code):
            found.append((rows.line_num, words_rules.bad_credit_code(code)))
        elif code in seen:
            found.append((rows.line_num, words.twice(code)))
        seen.add(code)
    return found


def _right(code: str) -> bool:
    try:
        return credit_code(code) == code
    except Invalid:
        return False
