"""Reading what was filled in: every fault at once, each beside its field."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from zhitongche.casework.fields import text_of
from zhitongche.identity import units
from zhitongche.kernel import clock
from zhitongche.kernel.errors import Invalid, NotFound
from zhitongche.meetings import words

if TYPE_CHECKING:
    from collections.abc import Mapping


class Reader:
    """Reads fields by name; `errors` gathers what does not do."""

    def __init__(self, form: Mapping[str, Any]) -> None:
        self._form = form
        self.errors: dict[str, str] = {}

    def text(self, name: str, label: str, *, longest: int = 1000, required: bool = True) -> str:
        """Text without outer spaces."""
        try:
            found = text_of(label, self._form.get(name), max_length=longest)
        except ValueError as error:
            return self._fault(name, str(error))
        return found if found or not required else self._fault(name, words.REQUIRED.format(label=label))

    def day(self, name: str, label: str) -> date:
        """A day after today, in China."""
        raw = self._form.get(name)
        try:
            found = raw if isinstance(raw, date) else clock.day_of(str(raw or "").strip())
        except ValueError:
            self._fault(name, words.REQUIRED.format(label=label))
            return clock.today()
        if found <= clock.today():
            self._fault(name, words.DAY_AHEAD.format(label=label))
        return found

    def unit(self, name: str, label: str) -> UUID | None:
        """A unit's id."""
        try:
            return units.by_id(UUID(str(self._form.get(name) or ""))).id
        except (ValueError, NotFound):
            self._fault(name, words.REQUIRED.format(label=label))
            return None

    def units(self, name: str, label: str) -> list[UUID]:
        """Units' ids, each once; none is fine."""
        raw = self._form.get(name)
        many = raw if isinstance(raw, (list, tuple)) else [raw] if raw else []
        try:
            return list(dict.fromkeys(units.by_id(UUID(str(one))).id for one in many))
        except (ValueError, NotFound):
            self._fault(name, words.REQUIRED.format(label=label))
            return []

    def _fault(self, name: str, message: str) -> str:
        self.errors[name] = message
        return ""


@contextmanager
def reading(form: Mapping[str, Any]) -> Iterator[Reader]:
    """Read fields in the block; raises Invalid at its end, with one message beside each field that does not do."""
    reader = Reader(form)
    yield reader
    if reader.errors:
        raise Invalid(reader.errors)
