"""Repeated problems (共性问题, ST-1.1.4): what the machine proposes, the petitions behind it, the finding and its effect."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for

from zhitongche.casework.queries import supervised
from zhitongche.desk import guard
from zhitongche.desk.shown import stage_name, unit_choices
from zhitongche.desk.supervision import forms, words
from zhitongche.documents import queries as papers
from zhitongche.documents import record
from zhitongche.identity import units
from zhitongche.kernel.errors import NotFound, Refused
from zhitongche.persistence import unit_of_work
from zhitongche.supervision import effect, findings, naming, problems, proposing
from zhitongche.supervision import words as told
from zhitongche.tenancy import current
from zhitongche.tenancy.repeated import REPORT
from zhitongche.webkit.charts import Cell, Column, Row, Table
from zhitongche.webkit.forms import FieldSpec

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from flask.typing import ResponseReturnValue
    from werkzeug.wrappers import Response

    from zhitongche.documents.queries import PaperLine
    from zhitongche.supervision.tables import Finding, Problem

blueprint = Blueprint("repeated", __name__, url_prefix="/repeated")
_REASON: Final = FieldSpec("reason", "理由", "longtext", max_length=problems.LONGEST)
STEPS: Final = {
    "aside": ("搁置这条线索", "搁置", "同类诉求再增加时，系统会重新提出。"),
    "add": ("补入诉求件", "补入", "补入您认为属于同一问题的诉求件。"),
    "write": ("拟写问题和建议", "拟写建议函", "提交后生成建议函，核对无误再送审，批准后发给单位。"),
    "again": ("要求继续整改", "发给单位", "反馈期限从现在起重新计算。"),
    "close": ("评定整改成效", "评定", "对照整改前后的诉求数量评定。"),
}  # fmt: skip


@blueprint.get("")
def show() -> str:
    """What waits for an officer, what was found on, what was set aside."""
    waiting, aside = problems.waiting(), problems.aside()
    return render_template(
        "supervision/repeated.html", waiting=waiting, aside=aside, findings=findings.listing(), naming=naming, last=proposing.last(),
        sizes=problems.sizes([one.id for one in (*waiting, *aside)]), states=told.FINDING_STATES, verdicts=told.FINDING_VERDICTS,
        units={unit.id: unit.short for unit in units.listing(with_inactive=True)}, rule=current.pack().repeated, may=_may(),
        clause=problems.clause(),
    )  # fmt: skip


@blueprint.post("/search")
def search() -> Response:
    """Search now."""
    try:
        with unit_of_work():
            scan = proposing.search(guard.actor())
            flash(words.SEARCHED.format(proposed=scan.proposed, grown=scan.grown), "success")
    except Refused as error:
        flash(error.message, "warning")
    return redirect(url_for("desk.supervision.repeated.show"), 303)


@blueprint.get("/<uuid:problem_id>")
def one(problem_id: UUID) -> str:
    """One problem: its petitions as the reader may read them, its finding, the months before and after, the record."""
    problem, finding = problems.of(problem_id), findings.on(problem_id)
    members = problems.petitions_of(problem_id)
    known = supervised.by_ids(guard.actor(), members)
    return render_template(
        "supervision/problem.html", problem=problem, finding=finding, title=naming.title_of(problem), naming=naming,
        rows=[known[one] for one in members if one in known], hidden=len(members) - len(known), may=_may(), stage_name=stage_name,
        events=problems.events_of(problem_id), event_names=told.PROBLEM_EVENTS, months=_months(problem, finding),
        states=told.FINDING_STATES, problem_states=told.PROBLEM_STATES, verdicts=told.FINDING_VERDICTS, clause=problems.clause(),
        addressee=units.by_id(finding.addressee_id).name if finding else "", letter=_paper(finding.letter_id if finding else None),
        report=_paper(finding.report_id if finding else None), reports=REPORT in current.pack().papers,
    )  # fmt: skip


@blueprint.route("/<uuid:problem_id>/<any(aside, add, write, again, close):step>", methods=["GET", "POST"])
def step(problem_id: UUID, step: str) -> ResponseReturnValue:
    """One step on its own page."""
    forms.require(problems.MAY)
    problem, finding = problems.of(problem_id), findings.on(problem_id)
    if (step in {"again", "close"}) != (finding is not None):
        raise NotFound
    title, button, lead = STEPS[step]
    about = (("线索", naming.title_of(problem)), ("依据", problem.ground), ("现有", f"{len(problems.petitions_of(problem_id))} 件"))
    return forms.page(
        title, _specs(step), lambda values: _act(step, problem_id, finding, values), back=_at(problem_id), done=_DONE[step], button=button,
        lead=lead, told=about, clause=problems.clause(), given=_given(step, problem),
    )  # fmt: skip


@blueprint.route("/<uuid:problem_id>/petitions/<uuid:petition_id>/out", methods=["GET", "POST"])
def take_out(problem_id: UUID, petition_id: UUID) -> ResponseReturnValue:
    """This petition is another matter."""
    forms.require(problems.MAY)
    problems.of(problem_id)
    row = supervised.by_ids(guard.actor(), [petition_id]).get(petition_id)
    if row is None or petition_id not in problems.petitions_of(problem_id):
        raise NotFound
    return forms.page(
        "移出诉求件", (_REASON,), lambda values: problems.take_out(problem_id, petition_id, values["reason"] or "", guard.actor()),
        back=_at(problem_id), done=words.TAKEN_OUT, button="移出", told=(("诉求件", f"{row.number} {row.title}"),), clause=problems.clause(),
    )  # fmt: skip


@blueprint.post("/<uuid:problem_id>/report")
def report(problem_id: UUID) -> Response:
    """Draft the report to the government."""
    forms.require(problems.MAY)
    finding = findings.on(problem_id)
    if finding is None:
        raise NotFound
    try:
        with unit_of_work():
            paper = findings.report(finding.id, guard.actor())
            where = url_for("desk.papers.page.show", paper_id=paper.id)
    except Refused as error:
        flash(error.message, "warning")
        return redirect(_at(problem_id), 303)
    flash(words.REPORT_DRAFTED, "success")
    return redirect(where, 303)


_DONE: Final = {
    "aside": words.SET_ASIDE, "add": words.PUT_IN, "write": words.WRITTEN, "again": words.AGAIN, "close": words.CLOSED,
}  # fmt: skip


def _act(step: str, problem_id: UUID, finding: Finding | None, values: Mapping[str, Any]) -> None:
    actor, reason = guard.actor(), values.get("reason") or ""
    if step == "aside":
        problems.set_aside(problem_id, reason, actor)
    elif step == "add":
        problems.put_in(problem_id, values["number"] or "", actor)
    elif step == "write":
        findings.write(problem_id, actor, values)
    elif finding is not None and step == "again":
        findings.again(finding.id, actor, reason)
    elif finding is not None:
        findings.close(finding.id, actor, values["verdict"] or "", values["text"] or "")


def _specs(step: str) -> tuple[FieldSpec, ...]:
    if step == "add":
        return (FieldSpec("number", "诉求编号", max_length=40),)
    if step == "close":
        verdict = FieldSpec("verdict", "评定结果", "radio", choices=tuple(told.FINDING_VERDICTS.items()))
        return (verdict, FieldSpec("text", "评定说明", "longtext", max_length=findings.LONGEST))
    if step == "write":
        return (
            FieldSpec("addressee", "发往", "choice", choices=unit_choices()),
            FieldSpec("text", "问题表现", "longtext", max_length=findings.LONGEST, hint="收函单位没有承办的诉求，请勿写出企业名称、联系人和编号。"),
            FieldSpec("suggestion", "整改建议", "longtext", max_length=findings.LONGEST),
        )
    return (_REASON,)


def _given(step: str, problem: Problem) -> dict[str, str]:
    """A unit's problem goes to that unit, an area's to the district or town of that name."""
    if step != "write":
        return {}
    guess = problem.unit_id or next((u.id for u in units.of_role("handler") if problem.area and problem.area in (u.name, u.short)), None)
    return {"addressee": str(guess)} if guess else {}


def _months(problem: Problem, finding: Finding | None) -> Table:
    rows = [
        Row(f"{one.first:%Y年%-m月}" + ("（发函）" if one.when == "in" and finding and finding.sent_at else ""), (Cell(str(one.count), one.count),))
        for one in effect.months(problem, finding)
    ]
    return Table("月份", (Column("新增诉求", "件"),), tuple(rows))


def _paper(paper_id: UUID | None) -> PaperLine | None:
    return papers.line_of(record.found(paper_id)[0]) if paper_id else None


def _may() -> bool:
    return problems.MAY in guard.actor().roles


def _at(problem_id: UUID) -> str:
    return url_for("desk.supervision.repeated.one", problem_id=problem_id)
