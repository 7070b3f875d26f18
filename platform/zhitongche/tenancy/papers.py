"""Templates of papers (公文模板), as frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from zhitongche.tenancy.papers_vocabulary import KINDS

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the body; left out where the field `only_with` is empty."""

    text: str
    only_with: str | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its head, the field that it shows, its share of the width (0: as wide as its content)."""

    name: str
    shows: str
    width: int
    centred: bool


@dataclass(frozen=True, slots=True)
class Template:
    """One kind of paper of a tenant. `by` names the role of each step; without any, the paper is issued as it is made.

    `renews`: a later paper of this kind on the same matter supersedes the earlier one.
    """

    kind: str
    name: str
    layout: str
    title: str
    clause: str
    series: str | None
    mark: str
    addressee: str
    body: tuple[Paragraph, ...]
    boxes: tuple[tuple[tuple[str, str], ...], ...]
    tall: frozenset[str]
    columns: tuple[Column, ...]
    landscape: bool
    attachments: tuple[str, ...]
    signer: str
    copies: str
    printer: str
    by: Mapping[str, str]
    readers: frozenset[str]
    enterprise_reads: bool
    renews: bool

    @property
    def at_once(self) -> bool:
        """Whether it goes out with the action that makes it, without anybody's review."""
        return not self.by


def templates(raw: Mapping[str, Any]) -> Mapping[str, Template]:
    """The pack's templates by kind; `raw` is the pack's, versions kept before papers existed have none."""
    found = {kind: raw.get(f"documents/{kind}") for kind in KINDS}
    return MappingProxyType({kind: _template(kind, values) for kind, values in found.items() if values})


def _template(kind: str, raw: Mapping[str, Any]) -> Template:
    return Template(
        **{key: raw[key] for key in _PLAIN},
        kind=kind,
        body=tuple(Paragraph(one["text"], one["if"]) for one in raw["body"]),
        boxes=tuple(tuple((label, text or "") for label, text in row.items()) for row in raw["boxes"]),
        tall=frozenset(raw["tall"]),
        columns=tuple(Column(**one) for one in raw["columns"]),
        attachments=tuple(raw["attachments"]),
        by=MappingProxyType({step: role for step, role in raw["by"].items() if role}),
        readers=frozenset(raw["readers"]),
    )


_PLAIN = (
    "name", "layout", "title", "clause", "series", "mark", "addressee", "landscape", "signer", "copies", "printer",
    "enterprise_reads", "renews",
)  # fmt: skip
