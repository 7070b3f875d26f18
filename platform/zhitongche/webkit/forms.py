"""Forms built from what an action needs: one FieldSpec a field, Chinese messages beside each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from flask import g, request
from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are of 3.2
from wtforms.validators import InputRequired, Length, NumberRange, Optional, StopValidation

from zhitongche.kernel.errors import Invalid
from zhitongche.webkit import fields, words

Kind = Literal[
    "text",
    "longtext",
    "choice",
    "radio",
    "multi",
    "date",
    "datetime",
    "mobile",
    "credit_code",
    "files",
    "checkbox",
    "integer",
    "milestones",
]
_MOST: Final[dict[str, int]] = {"text": 200, "longtext": 5000, "mobile": 40, "credit_code": 60}
_ADD_ROW = "_add_row"
_WHOLE = 2_147_483_647


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field to fill in; `max_length` counts characters, `choices` are (value, label)."""

    name: str
    label: str
    kind: Kind = "text"
    required: bool = True
    choices: Sequence[tuple[str, str]] = ()
    hint: str = ""
    max_length: int | None = None
    min_length: int = 0
    minimum: int = -_WHOLE
    maximum: int = _WHOLE
    autocomplete: str = ""


class PackForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types
    """A form made of specs, with CSRF and, where two people may be at work, the version that was read."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        locales = ("zh",)

    specs: tuple[FieldSpec, ...] = ()

    def values(self) -> dict[str, Any]:
        """What was filled in, by name, as a use case takes it: no CSRF token, no version, None for what was left."""
        return {spec.name: _value(spec, self[spec.name]) for spec in self.specs}

    def validate_on_submit(self, extra_validators: Any = None) -> bool:
        """False also where the button was only “one more row”, which works without a script."""
        return _ADD_ROW not in request.form and bool(super().validate_on_submit(extra_validators))

    def read_version(self) -> int | None:
        """The version that the page was made from, None where it is missing or not a number."""
        text = self["version"].data if "version" in self else None
        return int(text) if text and str(text).isdecimal() and len(str(text)) < 10 else None


def build_form(
    specs: Sequence[FieldSpec],
    data: Mapping[str, Any] | None = None,
    *,
    version: int | None = None,
    prefix: str = "",
) -> PackForm:
    """A form for `specs`, filled from the request if it is a submission, else from `data`."""
    members: dict[str, Any] = {spec.name: _MAKERS[spec.kind](spec) for spec in specs}
    if version is not None:
        members["version"] = HiddenField()
    form: PackForm = type("PackForm", (PackForm,), members | {"specs": tuple(specs)})(
        data={"version": version, **(data or {})}, prefix=prefix
    )
    for spec in specs:
        form[spec.name].spec = spec
    _add_row(form)
    g.webkit_form = form  # an error page finds here what the typed values are called
    return form


def apply_errors(form: FlaskForm, invalid: Invalid) -> None:
    """Lay the messages of `invalid` beside their fields; what has no field of its own goes above the form."""
    for name, message in invalid.errors.items():
        # A message may go to a part of a field, as "steps.0.date" does.
        shown = [field for field in form if field.name == name.partition(".")[0]]
        if shown and not isinstance(shown[0], HiddenField):
            shown[0].errors = [*shown[0].errors, message]
        else:
            form.form_errors.append(message)


def _add_row(form: PackForm) -> None:
    name = request.form.get(_ADD_ROW, "") if form.is_submitted() else ""
    for rows in form:
        if rows.name == name and isinstance(rows, fields.MilestonesField) and rows.has_room():
            rows.append_entry()


def _value(spec: FieldSpec, field: Field) -> Any:
    if isinstance(field, fields.MilestonesField):
        return field.rows()
    if spec.kind in ("multi", "files"):
        return list(field.data or ())
    if spec.kind == "checkbox":
        return bool(field.data)
    return None if field.data == "" else field.data


def _present(spec: FieldSpec) -> list[Any]:
    """The validators that say whether a field may be left empty."""
    if not spec.required:
        return [Optional()]
    picks = spec.kind in ("choice", "radio", "multi", "date", "datetime")
    message = (words.CHOOSE if picks else words.FILL_IN).format(label=spec.label)
    return [InputRequired(message), _NotBlank(message)]


class _NotBlank:
    """Spaces alone are not an answer."""

    field_flags: Mapping[str, bool] = {"required": True}

    def __init__(self, message: str) -> None:
        self.message = message

    def __call__(self, _form: object, field: Field) -> None:
        if field.data in (None, "", []) and not field.errors:
            raise StopValidation(self.message)


def _common(spec: FieldSpec, *more: object) -> dict[str, Any]:
    return {"label": spec.label, "validators": [*_present(spec), *more], "description": spec.hint}


def _written(kind: Callable[..., Field]) -> Callable[[FieldSpec], Field]:
    def make(spec: FieldSpec) -> Field:
        most = spec.max_length or _MOST[spec.kind]
        length = [Length(max=most, message=words.TOO_LONG.format(label=spec.label, most=most))]
        if spec.min_length:
            length.append(Length(min=spec.min_length, message=words.TOO_SHORT.format(least=spec.min_length)))
        return kind(**_common(spec, *length), filters=[fields.clean])

    return make


def _offered(*choices: tuple[str, str]) -> list[SelectChoice]:
    return [SelectChoice(value, label) for value, label in choices]


def _choice(spec: FieldSpec) -> Field:
    return SelectField(**_common(spec), choices=_offered(("", words.PLEASE_CHOOSE), *spec.choices))


def _radio(spec: FieldSpec) -> Field:
    return RadioField(**_common(spec), choices=_offered(*spec.choices))


def _checkbox(spec: FieldSpec) -> Field:
    needed = [InputRequired(words.TICK.format(label=spec.label))] if spec.required else []
    return BooleanField(spec.label, validators=needed, description=spec.hint)


def _files(spec: FieldSpec) -> Field:
    needed = [_NotBlank(words.ATTACH.format(label=spec.label))] if spec.required else []
    return fields.UploadsField(spec.label, validators=needed, description=spec.hint)


def _integer(spec: FieldSpec) -> Field:
    message = words.BETWEEN.format(least=spec.minimum, most=spec.maximum)
    return fields.WholeNumberField(**_common(spec, NumberRange(spec.minimum, spec.maximum, message)))


_MAKERS: Final[dict[str, Callable[[FieldSpec], Any]]] = {
    "text": _written(StringField),
    "longtext": _written(TextAreaField),
    "mobile": _written(fields.MobileField),
    "credit_code": _written(fields.CreditCodeField),
    "choice": _choice,
    "radio": _radio,
    "multi": lambda spec: fields.TicksField(**_common(spec), choices=_offered(*spec.choices)),
    "date": lambda spec: fields.DayField(**_common(spec)),
    "datetime": lambda spec: fields.LocalMomentField(**_common(spec)),
    "files": _files,
    "checkbox": _checkbox,
    "integer": _integer,
    "milestones": lambda spec: fields.MilestonesField(spec.label, spec.required, description=spec.hint),
}
