"""Form controls of our own: text that the database can hold, moments of China, mobiles, credit codes, rows."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from werkzeug.datastructures import FileStorage
from wtforms import (
    DateField,
    DateTimeLocalField,
    FieldList,
    Form,
    FormField,
    MultipleFileField,
    SelectMultipleField,
    StringField,
    ValidationError,
    widgets,
)
from wtforms.fields import IntegerField

from zhitongche.kernel import clock, identifiers
from zhitongche.kernel.errors import Invalid
from zhitongche.webkit import words

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_LATEST = 2199


def clean(text: str | None) -> str | None:
    """Typed text without what PostgreSQL cannot hold (NUL, halves of characters) and with one kind of line break."""
    if text is None:
        return None
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _checked(check: Callable[[str], str], text: str) -> str:
    try:
        return check(text)
    except Invalid as invalid:
        raise ValidationError(next(iter(invalid.errors.values()), invalid.message)) from invalid


class MobileField(StringField):
    """A mainland mobile, kept in its compact form once it is valid."""

    def pre_validate(self, _form: Any) -> None:
        if self.data:
            self.data = _checked(identifiers.mobile, self.data)


class CreditCodeField(StringField):
    """A unified social credit code (统一社会信用代码), compacted once it is valid. GB 32100-2015."""

    def pre_validate(self, _form: Any) -> None:
        if self.data:
            self.data = _checked(identifiers.credit_code, self.data)


class DayField(DateField):
    """A day of the calendar, within years that a deadline can lie in."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        if not valuelist or not valuelist[0].strip():
            self.data = None
            return
        try:
            self.data = date.fromisoformat(valuelist[0].strip())
        except ValueError:
            self.data = None
            raise ValueError(words.NOT_A_DAY) from None
        _plausible(self.data.year)


class LocalMomentField(DateTimeLocalField):
    """A moment written by the clocks of China; `data` is aware and in UTC."""

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return f"{clock.local(self.data):%Y-%m-%dT%H:%M}" if self.data else ""

    def process_formdata(self, valuelist: list[Any]) -> None:
        if not valuelist or not valuelist[0].strip():
            self.data = None
            return
        try:
            written = datetime.fromisoformat(valuelist[0].strip())
        except ValueError:
            self.data = None
            raise ValueError(words.NOT_A_MOMENT) from None
        _plausible(written.year)
        self.data = clock.utc(written.replace(tzinfo=written.tzinfo or clock.CHINA))


def _plausible(year: int) -> None:
    if not 1949 <= year <= _LATEST:
        raise ValueError(words.NOT_A_YEAR)


class WholeNumberField(IntegerField):
    """A whole number; letters and absurd lengths are said to be wrong in Chinese."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        text = valuelist[0].strip() if valuelist else ""
        self.data = None
        if not text:
            return
        if not re.fullmatch(r"[+-]?[0-9]{1,18}", text):
            raise ValueError(words.NOT_WHOLE)
        self.data = int(text)


class TicksField(SelectMultipleField):
    """Several of a list, as boxes to tick."""

    widget = widgets.ListWidget(prefix_label=False)
    option_widget = widgets.CheckboxInput()

    def pre_validate(self, _form: Any) -> None:
        # WTForms has no Chinese for this one message.
        if set(self.data or ()) - {value for value, *_ in self.iter_choices()}:
            raise ValidationError(words.NOT_OFFERED)


class UploadsField(MultipleFileField):
    """Files of one petition or action; the browser's empty entry is not a file."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = [file for file in valuelist if isinstance(file, FileStorage) and file.filename]


class MilestoneRow(Form):
    """One milestone (阶段): what will be done, by which day."""

    text = StringField("阶段工作", filters=[clean])
    date = DayField("完成日期")

    def validate(self, extra_validators: Any = None) -> bool:
        valid = bool(super().validate(extra_validators))
        for missing, given, message in (
            (self.date, self.text, words.ROW_DAY),
            (self.text, self.date, words.ROW_TEXT),
        ):
            if given.data and not missing.data and not missing.errors:
                missing.errors = [message]
                valid = False
        if self.text.data and len(self.text.data) > 200:
            self.text.errors = [words.ROW_LONG]
            valid = False
        return valid


class MilestonesField(FieldList):  # type: ignore[type-arg]  # generic in the stubs only
    """Rows of milestones; empty rows are ignored."""

    def __init__(self, label: str, required: bool, most: int = 24, **kwargs: Any) -> None:
        super().__init__(FormField(MilestoneRow), label, max_entries=most + 1, min_entries=1, **kwargs)
        self.needs_one = required
        self.flags.required = required

    def validate(self, form: Any, extra_validators: Any = ()) -> bool:
        valid = super().validate(form, extra_validators)
        if not valid:
            self.errors = [words.ROWS]
        elif self.needs_one and not self.rows():
            self.errors = [words.ONE_AT_LEAST.format(label=self.label.text)]
            valid = False
        return bool(valid)

    def has_room(self) -> bool:
        """May one more row be added?"""
        return len(self.entries) < (self.max_entries or 0)

    def rows(self) -> list[dict[str, Any]]:
        """The rows that were filled in, in order of their days."""
        rows = [
            {"text": row["text"], "date": row["date"]} for row in self.data if row["text"] and row["date"]
        ]
        return sorted(rows, key=lambda row: row["date"])
