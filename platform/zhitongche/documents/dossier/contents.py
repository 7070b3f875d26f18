"""What a dossier holds, before it is set: sections of parts 件, each a sheet of text or a file."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

Block = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Original:
    """A file of the dossier as it was archived; `own` was made by this platform and can be trusted to be a PDF."""

    path: Path
    name: str
    media_type: str
    size: int
    sha256: str
    own: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """One 件 of the dossier; `at` in UTC. `also` are further files of it that go into the bag only."""

    title: str
    at: datetime | None = None
    number: str = ""
    author: str = ""
    note: str = ""
    blocks: tuple[Block, ...] = ()
    file: Original | None = None
    also: tuple[Original, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """Parts of one kind, in order of time."""

    code: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Message:
    """What was told to somebody about the petition; moments in UTC."""

    at: datetime
    channel: str
    name: str
    mobile: str
    text: str
    state: str
    sent_at: datetime | None


@dataclass(frozen=True, slots=True)
class Contents:
    """A whole dossier: the cover's facts, the sections, and the journal as it is sealed."""

    number: str
    title: str
    cover: tuple[tuple[str, str], ...]
    department: str
    sections: tuple[Section, ...]
    journal: bytes
    entries: int
    head: str
    masked: bool
    texts: dict[str, str] = field(default_factory=dict)
    evidence: dict[str, bytes] = field(default_factory=dict)

    @property
    def parts(self) -> list[Part]:
        """All parts, in order."""
        return [part for section in self.sections for part in section.parts]


def text(words: str) -> Block:
    """A running text."""
    return {"kind": "text", "text": words}


def facts(*pairs: tuple[str, object]) -> Block:
    """Labels and what is filled in; what is empty is left out."""
    return {"kind": "facts", "pairs": [[label, str(value)] for label, value in pairs if value not in (None, "", [])]}


def table(columns: tuple[tuple[str, int], ...], rows: list[list[str]]) -> Block:
    """A ruled table; columns as (heading, width), width in shares."""
    return {"kind": "table", "columns": [[name, width] for name, width in columns], "rows": rows}
