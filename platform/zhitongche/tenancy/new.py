"""A new pack of a few lines, built on one that stands."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING, Any

from zhitongche.kernel import clock
from zhitongche.kernel.errors import Invalid, NotFound
from zhitongche.tenancy import words, words_rules
from zhitongche.tenancy.findings import Report
from zhitongche.tenancy.forms import TENANT
from zhitongche.tenancy.library import Library
from zhitongche.tenancy.schema import FILES

if TYPE_CHECKING:
    from pathlib import Path


def create(code: str, like: str, name: str, folder: Path) -> Path:
    """Write the pack `folder/code` that builds on `like`; it checks green at once and starts today.

    What is a place's own (towns, contacts, leaders, register, letters' series) is left for its people to fill in.
    Raises Invalid for a code or name that cannot be, NotFound where `like` is not there.
    """
    if not re.fullmatch(TENANT.pattern, code):
        raise Invalid({"code": words.write_a(TENANT.meaning)})
    if not name.strip() or set(name) & set("\n\"'{}:#"):
        raise Invalid({"name": words.PLAIN_NAME})
    library = Library([folder], Report())
    if like not in library.folders:
        raise NotFound(words.unknown(words.pack(like)))
    if (folder / code).exists():
        raise Invalid({"code": words_rules.taken(code, code)})
    sheets: dict[str, dict[str, Any]] = {
        other: library.tree(other, "pack") or {} for other in library.folders
    }
    base = sheets[like]
    lines = words.new_pack(
        code=code,
        name=name.strip(),
        like=like,
        region=base.get("region_code", "000000"),
        parent=base.get("parent") or "null",
        prefix=_prefix(code, {sheet.get("number_prefix") for sheet in sheets.values()}),
        day=clock.today().isoformat(),
        letter="letter" in base,
    )
    (folder / code).mkdir()
    (folder / code / "pack.yaml").write_text(lines, encoding="utf-8")
    (folder / code / "offices.yaml").write_text(words.NEW_OFFICES, encoding="utf-8")
    # The new one has the same tenant above it, so it goes there the same way.
    ways = library.folders[like] / FILES["escalation"]
    if ways.is_file():
        shutil.copyfile(ways, folder / code / FILES["escalation"])
    return folder / code


def _prefix(code: str, taken: set[str | None]) -> str:
    letters = "".join(char for char in code.upper() if char.isalpha()).ljust(2, "X")
    shorter = (letters[:length] for length in range(2, min(len(letters), 6) + 1))
    added = (letters[:4] + one + two for one in "XYZQVW" for two in "XYZQVW")
    return next(prefix for prefix in (*shorter, *added) if prefix not in taken)
