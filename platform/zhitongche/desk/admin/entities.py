"""The legal-entity register (法人库), loaded from a CSV (RP-2.2.b)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, render_template

from zhitongche.desk.admin import words
from zhitongche.desk.admin.acting import over_to
from zhitongche.identity import register_load
from zhitongche.kernel.errors import Invalid
from zhitongche.persistence import unit_of_work
from zhitongche.webkit.forms import FieldSpec, build_form

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

blueprint = Blueprint("entities", __name__, url_prefix="/register")


@blueprint.route("", methods=["GET", "POST"])
def show() -> ResponseReturnValue:
    """How much the register holds, and the upload; a faulty line is told by its number, and then nothing is taken over."""
    form = build_form([FieldSpec("file", "登记数据文件", "files", hint="UTF-8 编码的 CSV，第一行为列名")])
    faults: dict[str, str] = {}
    if form.validate_on_submit():
        try:
            with unit_of_work():
                count = register_load.load_csv(form.values()["file"][0].stream)
            return over_to("desk.admin.entities.show", words.LOADED.format(count=count))
        except Invalid as error:
            faults = dict(error.errors)
    page = render_template(
        "admin/entities.html", form=form, whole=faults.pop("file", ""), faults=faults, standing=register_load.standing(),
        columns=[names[0] for names in register_load.COLUMNS.values()],
    )  # fmt: skip
    return page, 422 if form.is_submitted() else 200
