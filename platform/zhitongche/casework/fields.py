"""What an action asks for: its fields with their choices, and the cleaning of what was filled in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from zhitongche.casework import choices, words
from zhitongche.casework.uploads import Upload
from zhitongche.flow.vocabulary import NEEDS
from zhitongche.kernel import clock
from zhitongche.kernel.errors import Invalid

if TYPE_CHECKING:
    from zhitongche.casework.tables import Petition
    from zhitongche.flow.definition import Action, Need
    from zhitongche.tenancy.pack import Pack

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")

EARLIEST = 1949
"""No moment that people report lies before; years 1 and 9999 leave the calendar when they change time zone."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of an action, ready for a form. `choices` are (value, label); `value` is the suggestion."""

    name: str
    label: str
    kind: str
    required: bool
    hint: str = ""
    max_length: int = 0
    min_length: int = 0
    choices: tuple[tuple[str, str], ...] = ()
    value: Any = None


def fields_of(action: Action, pack: Pack, petition: Petition | None) -> list[Field]:
    """The action's fields in the flow's order, each with its choices for this petition."""
    options = choices.Options(pack, petition, action.verb)
    return [_field(need, pack, petition, options) for need in action.needs]


def _field(need: Need, pack: Pack, petition: Petition | None, options: choices.Options) -> Field:
    kind = NEEDS[need.name]
    field = Field(need.name, need.label, kind.kind, need.required, need.hint, kind.max_length, kind.min_length)
    return replace(
        field,
        choices=options.of(need.name),
        value=choices.suggestion(need.name, pack, petition),
    )


def clean(fields: Sequence[Field], form: Mapping[str, Any]) -> dict[str, Any]:
    """Typed values of the fields: text stripped, ids as UUID, days as date, moments aware UTC, uploads as Upload.

    Raises Invalid with one message beside each field that does not do. Fields the action has not are ignored.
    """
    values: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for field in fields:
        raw = form.get(field.name)
        try:
            value = CLEANERS[field.kind](field, raw)
        except ValueError as error:
            errors[field.name] = str(error)
            continue
        if field.required and value in (None, "", [], ()):
            errors[field.name] = (words.CHOOSE if field.choices else words.REQUIRED).format(label=field.label)
        values[field.name] = value
    if errors := errors or _unexplained(fields, values):
        raise Invalid(errors)
    return values


def _unexplained(fields: Sequence[Field], values: Mapping[str, Any]) -> dict[str, str]:
    """Whoever is told no has to learn why, also where the words are otherwise left to the one who decides."""
    if values.get("verdict") != "disagree":
        return {}
    told = [field for field in fields if field.kind == "longtext"]
    if not told or any(values.get(field.name) for field in told):
        return {}
    no = dict(next(field.choices for field in fields if field.name == "verdict"))["disagree"]
    return {told[0].name: words.UNEXPLAINED.format(verdict=no, label=told[0].label)}


def text_of(label: str, raw: object, *, max_length: int, min_length: int = 0) -> str:
    """Text in NFC without outer spaces; ValueError with a Chinese message where it is too long, short or hostile."""
    text = unicodedata.normalize("NFC", str(raw or "")).replace("\r\n", "\n").strip()
    if CONTROL.search(text):
        raise ValueError(words.CONTENT_CONTROL.format(label=label))
    if max_length and len(text) > max_length:
        raise ValueError(words.TOO_LONG.format(label=label, limit=max_length, length=len(text)))
    if text and len(text) < min_length:
        raise ValueError(words.TOO_SHORT.format(label=label, limit=min_length))
    return text


def _text(field: Field, raw: object) -> str:
    return text_of(field.label, raw, max_length=field.max_length, min_length=field.min_length)


def _choice(field: Field, raw: object) -> str | None:
    value = str(raw or "").strip()
    if value and value not in dict(field.choices):
        raise ValueError(words.CHOOSE.format(label=field.label))
    return value or None


def _id(field: Field, raw: object) -> UUID | None:
    value = _choice(field, raw)
    return UUID(value) if value else None


def _ids(field: Field, raw: object) -> list[UUID]:
    many = raw if isinstance(raw, (list, tuple)) else [raw] if raw else []
    found = [_id(field, one) for one in many]
    return list(dict.fromkeys(one for one in found if one))


def _day(field: Field, raw: object) -> date | None:
    if not raw:
        return None
    try:
        day = raw if isinstance(raw, date) else date.fromisoformat(str(raw).strip())
    except ValueError:
        raise ValueError(words.BAD_DATE.format(label=field.label)) from None
    if day <= clock.today() or day.year > clock.today().year + 5:
        raise ValueError(words.DATE_PAST.format(label=field.label))
    return day


def _moment(field: Field, raw: object) -> datetime | None:
    if not raw:
        return None
    try:
        moment = raw if isinstance(raw, datetime) else datetime.fromisoformat(str(raw).strip())
    except ValueError:
        raise ValueError(words.BAD_DATE.format(label=field.label)) from None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=clock.CHINA)
    if moment.year < EARLIEST:
        raise ValueError(words.BAD_DATE.format(label=field.label))
    if moment > clock.now():
        raise ValueError(words.TIME_FUTURE.format(label=field.label))
    return clock.utc(moment)


def _told(field: Field, raw: object) -> datetime | None:
    """A moment that another tenant tells, past or to come."""
    if raw is None or isinstance(raw, datetime):
        return clock.utc(raw) if raw else None
    raise ValueError(words.BAD_DATE.format(label=field.label))


def _checked(_field: Field, raw: object) -> bool:
    return raw is True or str(raw or "").lower() in {"1", "y", "on", "true", "yes"}


def _milestones(field: Field, raw: object) -> list[tuple[str, date]]:
    rows = raw if isinstance(raw, (list, tuple)) else []
    found = []
    for row in rows:
        text, day = (row.get("text"), row.get("due") or row.get("date")) if isinstance(row, Mapping) else row
        if not text and not day:
            continue
        when = _day(field, day)
        if not text or when is None:
            raise ValueError(words.NO_MILESTONES)
        found.append((text_of(field.label, text, max_length=200), when))
    return found


def _uploads(_field: Field, raw: object) -> list[Upload]:
    many = raw if isinstance(raw, (list, tuple)) else [raw] if raw else []
    return [one for one in many if isinstance(one, Upload)]


CLEANERS = {
    "text": _text,
    "longtext": _text,
    "choice": _choice,
    "unit": _id,
    "units": _ids,
    "date": _day,
    "datetime": _moment,
    "moment": _told,
    "checkbox": _checked,
    "milestones": _milestones,
    "milestone": _id,
    "petition": _id,
    "files": _uploads,
}
"""Control kind → how its value is read."""
