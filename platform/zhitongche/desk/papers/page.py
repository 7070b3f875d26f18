"""One paper: its pages as they will be printed, its way, what may be done now; and its words while it is a draft."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for

from zhitongche import documents
from zhitongche.desk import guard
from zhitongche.desk.papers import opening, words
from zhitongche.documents import cells, queries, record
from zhitongche.documents.drafting import BOX, LONGEST
from zhitongche.documents.permissions import may_act, may_draft, only_in_meeting, role_of
from zhitongche.documents.rendering import pages, shown
from zhitongche.flow.vocabulary import ROLES
from zhitongche.kernel.errors import Conflict, Invalid
from zhitongche.notices import inbox as notices
from zhitongche.persistence import unit_of_work
from zhitongche.webkit.forms import FieldSpec, apply_errors, build_form

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from zhitongche.documents.tables import Paper
    from zhitongche.tenancy.papers import Template

blueprint = Blueprint("page", __name__)
WIDE: Final = 6
"""From this share of a list's width on, a cell is written on several lines."""
SHORT: Final = 40


@blueprint.get("/<uuid:paper_id>")
def show(paper_id: UUID) -> str:
    """The paper; opening it is logged as a reading of its petition (ST-5.1)."""
    with unit_of_work():
        paper, template = opening.opened(paper_id, words.READ_PAPER)
        notices.mark_read(guard.person().id, paper_id=paper_id)
        return told(paper, template)


@blueprint.route("/<uuid:paper_id>/edit", methods=["GET", "POST"])
def edit(paper_id: UUID) -> ResponseReturnValue:
    """The words of a draft."""
    paper, template = opening.readable(paper_id)
    opening.require_draft(paper, template)
    form = build_form(_specs(paper, template), _values(paper, template), version=record.version(paper_id))
    status = 0
    if form.validate_on_submit():
        try:
            with unit_of_work():
                documents.edit(paper_id, guard.actor(), {name: text or "" for name, text in form.values().items()}, version=form.read_version())
        except Invalid as error:
            apply_errors(form, error)
        except Conflict as error:
            form.form_errors.append(error.message)
            status = 409
        else:
            flash(words.SAVED, "success")
            return redirect(url_for("desk.papers.page.show", paper_id=paper_id), 303)
    page = render_template(
        "papers/edit.html", form=form, line=queries.line_of(paper), rows=_rows(paper, template), back=url_for("desk.papers.page.show", paper_id=paper_id)
    )
    return page, status or (422 if form.errors else 200)


def told(paper: Paper, template: Template, problem: str = "", opinion: str = "") -> str:
    """The page of a paper, with what went wrong and what had been typed."""
    actor, line = guard.actor(), queries.line_of(paper)
    return render_template(
        "papers/paper.html", paper=paper, line=line, template=template, problem=problem, opinion=opinion,
        pages=range(1, pages(paper) + 1), steps=queries.steps_of(paper.id), mine=may_act(actor, paper, template),
        turn=ROLES.get(role_of(template, paper.state), ""), files=queries.files_of(paper.id), does=words.BUTTONS,
        elsewhere=paper.state == "approving" and only_in_meeting(paper, template), may_replace=line.state == "issued" and not line.superseded_by and may_draft(actor, template),
    )  # fmt: skip


def _rows(paper: Paper, template: Template) -> list[tuple[str, list[str]]]:
    """Of every row what it is called, and the names of its cells' fields."""
    rows = shown(paper)["rows"]
    named: dict[int, list[str]] = {}
    for r, c in cells.editable(template, rows):
        named.setdefault(r, []).append(cells.name(r, c))
    telling = [number for number, column in enumerate(template.columns) if column.shows in {"number", "enterprise"}]
    return [(words.ROW.format(number=r + 1, told="　".join(rows[r][c] for c in telling)), names) for r, names in named.items()]


def _specs(paper: Paper, template: Template) -> list[FieldSpec]:
    content = shown(paper)
    found = [FieldSpec("title", "标题", max_length=LONGEST["title"]), FieldSpec("addressee", "主送", required=False, max_length=LONGEST["addressee"])]
    if content["layout"] != "form":
        found.append(FieldSpec("body", "正文", "longtext", required=False, max_length=LONGEST["body"], hint=words.BODY_HINT))
    for r, row in enumerate(content["boxes"]):
        found += [FieldSpec(f"box-{r}-{n}", label, "longtext", required=False, max_length=BOX) for n, (label, _, _) in enumerate(row)]
    found.append(FieldSpec("copies", "抄送", required=False, max_length=LONGEST["copies"]))
    return found + [_cell(content, r, c) for r, c in cells.editable(template, content["rows"])]


def _cell(content: dict[str, Any], row: int, column: int) -> FieldSpec:
    name, width, _ = content["columns"][column]
    long = width >= WIDE or len(content["rows"][row][column]) > SHORT or "\n" in content["rows"][row][column]
    return FieldSpec(cells.name(row, column), name, "longtext" if long else "text", required=False, max_length=BOX)


def _values(paper: Paper, template: Template) -> dict[str, str]:
    content = shown(paper)
    boxes = {f"box-{r}-{n}": text for r, row in enumerate(content["boxes"]) for n, (_, text, _) in enumerate(row)}
    return {name: content[name] for name in ("title", "addressee", "copies")} | {"body": "\n".join(content["body"])} | boxes | {
        cells.name(r, c): content["rows"][r][c] for r, c in cells.editable(template, content["rows"])
    }



