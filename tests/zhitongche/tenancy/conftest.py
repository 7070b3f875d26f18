"""Packs to break: a copy of the real ones, and a way to change a line of it."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from zhitongche.tenancy import check, packs
from zhitongche.tenancy.findings import Finding
from zhitongche.tenancy.packs import Registry

TENANTS = Path(__file__).parents[3] / "tenants"


@dataclass(frozen=True)
class Folder:
    """A folder of packs."""

    path: Path

    def change(self, file: str, old: str, new: str) -> int:
        """Replace the one place where `old` stands; tells its line."""
        path = self.path / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{file}: {old!r} occurs {text.count(old)} times"
        path.write_text(text.replace(old, new), encoding="utf-8")
        return text[: text.index(old)].count("\n") + 1

    def findings(self) -> list[Finding]:
        """What the checker says of the folder."""
        return check.check(self.path)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A copy of the packs of this repository, free to be broken."""
    shutil.copytree(TENANTS, tmp_path / "tenants")
    return Folder(tmp_path / "tenants")


@pytest.fixture(scope="session")
def registry() -> Registry:
    """The packs of this repository."""
    return packs.load([TENANTS])
