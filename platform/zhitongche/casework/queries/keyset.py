"""Pages of a list by its order's key, not by number: as fast on the last page as on the first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, Generic, Self, TypeVar
from uuid import UUID

from sqlalchemy import tuple_

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Select

Row = TypeVar("Row")
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)
_DIGITS: Final = 17


@dataclass(frozen=True, slots=True)
class Mark:
    """The place of a row in a list ordered by a moment and an id."""

    at: datetime
    id: UUID

    def __str__(self) -> str:
        return f"{(self.at - _EPOCH) // _MICROSECOND}.{self.id.hex}"

    @classmethod
    def read(cls, text: str | None) -> Self | None:
        """The mark that `str` wrote; None for anything else, so that a spoilt address shows the first page."""
        moment, _, name = (text or "").partition(".")
        if not (moment.isascii() and moment.isdigit() and len(moment) <= _DIGITS):
            return None
        try:
            return cls(_EPOCH + int(moment) * _MICROSECOND, UUID(hex=name))
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class Turn:
    """Which page is asked for: after a mark, before one, or the first."""

    after: Mark | None = None
    before: Mark | None = None
    size: int = 20


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Rows of one page, and the marks for the pages beside it; None where there is none."""

    rows: list[Row]
    previous: str | None = None
    following: str | None = None


def cut(query: Select[Any], turn: Turn, at: ColumnElement[Any], ident: ColumnElement[Any], *, falling: bool = False) -> Select[Any]:
    """The query for one page and one row more, in the order of (at, ident); backwards for a page before."""
    key, backwards = tuple_(at, ident), turn.before is not None
    mark = turn.before or turn.after
    down = falling != backwards
    if mark is not None:
        place = tuple_(mark.at, mark.id)
        query = query.where(key < place if down else key > place)
    order = (at.desc(), ident.desc()) if down else (at.asc(), ident.asc())
    return query.order_by(*order).limit(turn.size + 1)


def page(rows: list[Row], turn: Turn, mark_of: Callable[[Row], Mark]) -> Page[Row]:
    """The page out of what `cut` found."""
    backwards, more = turn.before is not None, len(rows) > turn.size
    kept = rows[: turn.size]
    if backwards:
        kept.reverse()
    if not kept:
        return Page([])
    has_previous = more if backwards else turn.after is not None
    has_following = True if backwards else more
    return Page(
        kept,
        str(mark_of(kept[0])) if has_previous else None,
        str(mark_of(kept[-1])) if has_following else None,
    )
