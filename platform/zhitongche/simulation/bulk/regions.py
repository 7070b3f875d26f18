"""The cities and counties of a province by their codes (GB/T 2260), as the table that comes with python-stdnum knows them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_ROW: Final = re.compile(r'\s+(\d{4}) county="(.*)"')
_IN_FORCE: Final = re.compile(r"(?:^|,)(?:\[\d{4}-\])?([^\[\],]+)$")
_INNER: Final = "市辖区"


@dataclass(frozen=True, slots=True)
class Region:
    """A city or county in force: six digits and its name."""

    code: str
    name: str

    @property
    def is_city(self) -> bool:
        """Whether counties may lie in it."""
        return self.code.endswith("00")

    @property
    def city(self) -> str:
        """The code of its city, its own for a city."""
        return self.code[:4] + "00"


def of_province(code: str) -> list[Region]:
    """Cities and counties of a province (two digits), by code."""
    return [region for region in _rows(code) if region.code[2:] != "0000" and region.name != _INNER]


def _rows(province: str) -> Iterator[Region]:
    here = ""
    for line in (files("stdnum.cn") / "loc.dat").read_text(encoding="utf-8").splitlines():
        if not line.startswith((" ", "#")):
            here = line[:2]
        elif here == province and (row := _ROW.match(line)) and (name := _IN_FORCE.search(row[2])):
            yield Region(province + row[1], name[1])
