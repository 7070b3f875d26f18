"""Officials from a spreadsheet: template down, filled in up, all or nothing."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from flask import Blueprint, render_template, send_file

from zhitongche.desk import guard
from zhitongche.desk.admin import words
from zhitongche.desk.admin.acting import shown_once
from zhitongche.desk.export import MEDIA_TYPE
from zhitongche.identity import official_sheet
from zhitongche.kernel.errors import Invalid
from zhitongche.persistence import unit_of_work
from zhitongche.webkit.forms import FieldSpec, build_form

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

blueprint = Blueprint("sheet", __name__, url_prefix="/people-sheet")


@blueprint.get("/template")
def template() -> ResponseReturnValue:
    """The spreadsheet to fill in, with the tenant's units and roles."""
    return send_file(BytesIO(official_sheet.template()), MEDIA_TYPE, as_attachment=True, download_name="人员导入模板.xlsx", max_age=0)


@blueprint.route("", methods=["GET", "POST"])
def load() -> ResponseReturnValue:
    """Make an account of every row; each faulty cell is told by row and column, and then none is made."""
    form = build_form([FieldSpec("file", "填好的表格", "files", hint=f"按模板填写的 .xlsx，最多{official_sheet.MAX_ROWS}行")])
    faults: dict[str, str] = {}
    if form.validate_on_submit():
        try:
            with unit_of_work():
                made = official_sheet.import_rows(form.values()["file"][0].stream, by=guard.actor())
            return shown_once(render_template("admin/passwords.html", made=made, title=f"已建立{len(made)}个账号"))
        except Invalid as error:
            faults = dict(error.errors)
    page = render_template("admin/sheet.html", form=form, faults=faults, whole=faults.pop("file", ""), words=words)
    return page, 422 if faults or form.errors or form.is_submitted() else 200
