"""From casework's fields to the controls of a form, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from werkzeug.datastructures import FileStorage
from wtforms.widgets import PasswordInput

from zhitongche.casework.uploads import Upload
from zhitongche.webkit.forms import FieldSpec, Kind, PackForm

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from zhitongche.casework.fields import Field

KINDS: Final[dict[str, Kind]] = {
    "text": "text",
    "longtext": "longtext",
    "choice": "choice",
    "unit": "choice",
    "units": "multi",
    "date": "date",
    "datetime": "datetime",
    "checkbox": "checkbox",
    "milestones": "milestones",
    "milestone": "choice",
    "petition": "choice",
    "files": "files",
}
FEW: Final = 6
"""So many choices are shown at once, as buttons."""
FILES_HINT: Final = "图片、PDF、Word、Excel、压缩包等，每个不超过20 MB，最多10个。"


def specs_of(fields: Iterable[Field]) -> list[FieldSpec]:
    """One control for each field."""
    return [_spec(field) for field in fields]


def _spec(field: Field) -> FieldSpec:
    kind = KINDS[field.kind]
    if kind == "choice" and field.required and len(field.choices) <= FEW:
        kind = "radio"
    return FieldSpec(
        field.name,
        field.label,
        "mobile" if field.name == "contact_mobile" else kind,
        required=field.required,
        choices=field.choices,
        hint=field.hint or (FILES_HINT if kind == "files" else ""),
        max_length=field.max_length or None,
        min_length=field.min_length,
    )


def values_of(form: PackForm) -> dict[str, Any]:
    """What was filled in, with files as casework takes them."""
    return {name: uploads(value) if _is_files(value) else value for name, value in form.values().items()}


def uploads(sent: Sequence[FileStorage]) -> list[Upload]:
    """The files of a request, read."""
    return [Upload(file.filename or "", file.stream.read()) for file in sent if file.filename]


def secret(form: PackForm, *names: str) -> PackForm:
    """Show these fields as passwords: hidden, never sent back to the browser, without a counter."""
    for name in names:
        form[name].widget = PasswordInput()
        form[name].flags.maxlength = None
    return form


def _is_files(value: object) -> bool:
    return isinstance(value, list) and any(isinstance(one, FileStorage) for one in value)
