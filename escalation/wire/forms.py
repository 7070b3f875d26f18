"""What the closed schemas are made of: marshmallow fields that check and never convert, and describe themselves.

Every text is bounded and free of characters that deceive. JSON Schema draft 2020-12.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

from marshmallow import RAISE, Schema, ValidationError
from marshmallow import fields as ma
from typing_extensions import override

from escalation.wire import characters, notation, strict
from escalation.wire.reasons import Rejected

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from marshmallow.types import UnknownOption


class Closed(Schema):
    """An object with these fields and no others."""

    class Meta:
        unknown: UnknownOption = RAISE


class Written(ma.Field[str]):
    """Text of `least` to `most` characters (code points), of a pattern, without `fault`."""

    def __init__(
        self, most: int, *, least: int = 1, pattern: str | None = None, fault: Callable[[str], str | None] | None = None,
        clean: Callable[[str], str] | None = None, optional: bool = False, key: str | None = None,
    ) -> None:  # fmt: skip
        super().__init__(required=not optional, data_key=key)
        self.clean = clean
        self.least, self.most, self.pattern, self.fault = least, most, pattern, fault

    @override
    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        if not isinstance(value, str) or not self.least <= len(value) <= self.most:
            raise ValidationError(f"text of {self.least} to {self.most} characters")
        if self.pattern and not re.fullmatch(self.pattern, value, re.ASCII):
            raise ValidationError("form")
        if self.fault and (fault := self.fault(value)):
            raise ValidationError(fault)
        return value

    def described(self) -> dict[str, Any]:
        """Its JSON Schema."""
        pattern = {"pattern": f"^(?:{self.pattern})$"} if self.pattern else {}
        return {"type": "string", "minLength": self.least, "maxLength": self.most, **pattern}


class Whole(ma.Field[int]):
    """A whole number from `least` to `most`, both included."""

    def __init__(self, most: int = strict.MAX_INTEGER, *, least: int = 0, optional: bool = False) -> None:
        super().__init__(required=not optional)
        self.least, self.most = least, most

    @override
    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> int:
        if type(value) is not int or not self.least <= value <= self.most:
            raise ValidationError(f"whole number from {self.least} to {self.most}")
        return value

    def described(self) -> dict[str, Any]:
        """Its JSON Schema."""
        return {"type": "integer", "minimum": self.least, "maximum": self.most}


def text(most: int, *, optional: bool = False) -> Written:
    """Several lines that a person wrote."""
    return Written(most, fault=_text_fault, clean=characters.clean_text, optional=optional)


def name(most: int, *, optional: bool = False, pattern: str | None = None) -> Written:
    """One line by which people decide: no look-alike letters."""
    return Written(most, fault=characters.name_fault, clean=characters.clean_name, pattern=pattern, optional=optional)


def coded(pattern: str, most: int, *, optional: bool = False) -> Written:
    """A code in ASCII."""
    return Written(most, pattern=pattern, optional=optional)


def one_of(values: Collection[str], *, optional: bool = False) -> Written:
    """One of these codes."""
    return Written(max(map(len, values)), pattern="|".join(map(re.escape, sorted(values))), optional=optional)


def sha256(*, optional: bool = False) -> Written:
    """A SHA-256 in lower-case hexadecimal."""
    return Written(64, least=64, pattern=notation.SHA256, optional=optional)


def uuid(*, optional: bool = False) -> Written:
    """A UUID in its lower-case form."""
    return Written(36, least=36, pattern=notation.UUID_FORM, optional=optional)


def moment(*, optional: bool = False, key: str | None = None) -> Written:
    """A moment in UTC with microseconds, as `notation.written` writes it; `key` where its name is Python's own word."""
    return Written(27, least=27, pattern=notation.MOMENT, fault=_moment_fault, optional=optional, key=key)


def day(*, optional: bool = False) -> Written:
    """A day in China, YYYY-MM-DD."""
    return Written(10, least=10, pattern=r"\d{4}-\d{2}-\d{2}", fault=_day_fault, optional=optional)


def many(form: ma.Field[Any], most: int, *, optional: bool = False) -> ma.List[Any]:
    """Up to `most` of one form."""
    return Several(form, most, optional=optional)


class Several(ma.List[Any]):
    """A list of 0 to `most`; longer ones are refused before their items are read."""

    def __init__(self, form: ma.Field[Any], most: int, *, optional: bool = False) -> None:
        super().__init__(form, required=not optional)
        self.most = most

    @override
    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> list[Any]:
        if not isinstance(value, list) or len(value) > self.most:
            raise ValidationError(f"list of at most {self.most}")
        return super()._deserialize(value, attr, data, **kwargs)


def part(schema: type[Closed], *, optional: bool = False) -> ma.Nested:
    """An object inside."""
    return ma.Nested(schema, required=not optional)


def _text_fault(value: str) -> str | None:
    return characters.text_fault(value) or (None if value.strip() else "blank")


def _moment_fault(value: str) -> str | None:
    try:
        notation.moment(value)
    except Rejected as error:
        return error.detail
    return None


def _day_fault(value: str) -> str | None:
    try:
        date.fromisoformat(value)
    except ValueError:
        return "no such day"
    return None
