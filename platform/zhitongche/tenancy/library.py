"""The folders of packs on disk, read as marked trees with `like` resolved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhitongche.tenancy import words
from zhitongche.tenancy.findings import Report, Spot
from zhitongche.tenancy.merge import LIKE, inherited, lay_over
from zhitongche.tenancy.schema import FILES
from zhitongche.tenancy.source import Map, Seq, read

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


class Library:
    """Pack folders by name; each holds a pack.yaml. Reads lazily, every file once."""

    def __init__(self, dirs: Iterable[Path], report: Report) -> None:
        self.report = report
        self.folders: dict[str, Path] = {}
        self._own: dict[tuple[str, str], Map | None] = {}
        for folder in sorted(
            found for parent in dirs for found in parent.iterdir() if (found / FILES["pack"]).is_file()
        ):
            if folder.name in self.folders:
                report.add(Spot(f"{folder.name}/{FILES['pack']}"), words.twice(folder.name), words.KEEP_ONE)
            self.folders[folder.name] = folder

    def tree(self, code: str, part: str, below: tuple[str, ...] = ()) -> Map | None:
        """A part of a pack, laid over that of the pack it builds on; None where there is none."""
        own = self._read(code, part)
        like, said_at = self._like(code, part)
        if like is None:
            return lay_over(None, own, self.report)
        if like not in self.folders:
            self.report.unknown(said_at, words.pack(like), self.folders)
            return lay_over(None, own, self.report)
        if like in (*below, code):
            self.report.add(said_at, words.CIRCULAR_LIKE, words.BREAK_CIRCLE)
            return lay_over(None, own, self.report)
        base = self.tree(like, part, (*below, code))
        return lay_over(inherited(part, base) if base is not None else None, own, self.report)

    def broken(self, code: str, part: str) -> bool:
        """Whether a file that the part is read from, the pack's own or one that it builds on, cannot be read."""
        chain = [code]
        while (like := self._like(chain[-1], part)[0]) in self.folders and like not in chain:
            chain.append(str(like))
        return any(
            self._read(one, part) is None and (self.folders[one] / FILES[part]).is_file() for one in chain
        )

    def _like(self, code: str, part: str) -> tuple[str | None, Spot]:
        spot = Spot(f"{code}/{FILES['pack']}")
        for source in (self._read(code, part), self._read(code, "pack")):
            if source is not None and LIKE in source:
                return source[LIKE], source.spots[LIKE]
        return None, spot

    def _read(self, code: str, part: str) -> Map | None:
        if (code, part) not in self._own:
            path = self.folders[code] / FILES[part]
            self._own[code, part] = read(path, self.report) if path.is_file() else None
        return self._own[code, part]


def locate(tree: Map | None, file: str, *path: str | int) -> Spot:
    """Where a value stands: as far down the path as the tree goes; items of lists by index or by code."""
    spot, here = Spot(file), tree
    for step in path:
        if isinstance(here, Map) and step in here:
            spot, here = here.spots[str(step)], here[str(step)]
        elif isinstance(here, Seq):
            index = step if isinstance(step, int) else _index(here, step)
            if index is None or index >= len(here):
                break
            spot, here = here.spots[index], here[index]
        else:
            break
    return spot


def _index(items: Seq, code: str) -> int | None:
    return next(
        (n for n, item in enumerate(items) if isinstance(item, Map) and item.get("code") == code), None
    )
