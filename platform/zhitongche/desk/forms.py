"""Forms of the desk: passwords by hand, everything else from what casework says a field is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from flask_wtf import FlaskForm
from werkzeug.datastructures import FileStorage
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired

from zhitongche.casework.uploads import Upload
from zhitongche.kernel import clock
from zhitongche.webkit.fields import clean
from zhitongche.webkit.forms import FieldSpec

if TYPE_CHECKING:
    from zhitongche.casework.fields import Field
    from zhitongche.webkit.forms import Kind, PackForm

FEW: Final = 5
"""Up to so many choices stand open on the page; more go into a list."""
KINDS: Final[Mapping[str, Kind]] = {
    "text": "text", "longtext": "longtext", "date": "date", "datetime": "datetime", "checkbox": "checkbox", "files": "files",
    "milestones": "milestones", "units": "multi", "unit": "choice", "milestone": "radio", "petition": "radio",
}  # fmt: skip


class SignInForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types
    """Login and password."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        locales = ("zh",)

    login = StringField("账号", [InputRequired("请填写账号")], filters=[clean])
    password = PasswordField("密码", [InputRequired("请填写密码")])


class PasswordForm(FlaskForm):  # type: ignore[misc]
    """The old password and the new one, twice."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        locales = ("zh",)

    old = PasswordField("原密码", [InputRequired("请填写原密码")])
    new = PasswordField("新密码", [InputRequired("请填写新密码")], description="至少10个字符，须同时含有字母和数字，不含账号、姓名和手机号。")
    again = PasswordField("再次输入新密码", [InputRequired("请再次填写新密码")])


def specs(fields: Iterable[Field]) -> list[FieldSpec]:
    """Casework's fields as the web kit draws them."""
    return [spec(field) for field in fields]


def spec(field: Field) -> FieldSpec:
    """One field; a choice among few stands open, one among many is a list."""
    kind: Kind = KINDS.get(field.kind, "text")
    if field.name == "contact_mobile":
        kind = "mobile"
    if field.kind == "choice":
        kind = "radio" if len(field.choices) <= FEW and field.required else "choice"
    return FieldSpec(
        field.name, field.label, kind, field.required, field.choices, field.hint, field.max_length or None, field.min_length
    )


def suggested(fields: Iterable[Field]) -> dict[str, Any]:
    """The first values that casework suggests, as controls take them."""
    return {field.name: _typed(field) for field in fields if field.value is not None}


def sent(form: PackForm) -> dict[str, Any]:
    """What was filled in, as casework takes it: files as Upload."""
    return {name: uploads(value) if _is_files(value) else value for name, value in form.values().items()}


def uploads(files: Sequence[FileStorage]) -> list[Upload]:
    """Files as they came from the browser."""
    return [Upload(file.filename or "", file.read()) for file in files]


def _is_files(value: object) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], FileStorage)


def _typed(field: Field) -> Any:
    if field.kind == "datetime" and isinstance(field.value, str):
        return clock.utc(datetime.fromisoformat(field.value).replace(tzinfo=clock.CHINA))
    return field.value
