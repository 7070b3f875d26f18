"""整改建议: what a unit was told about a repeated problem of its own, and its answer (ST-1.1.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from flask import Blueprint, render_template, url_for

from zhitongche.desk import guard
from zhitongche.desk.export import moment_text
from zhitongche.desk.supervision import forms, words
from zhitongche.desk.ways import way
from zhitongche.documents import queries as papers
from zhitongche.documents import record
from zhitongche.kernel.errors import NotFound
from zhitongche.supervision import findings, naming, problems
from zhitongche.supervision import words as told
from zhitongche.tenancy import current
from zhitongche.webkit.forms import FieldSpec
from zhitongche.webkit.layout import NavGroup

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from zhitongche.flow.facts import Actor
    from zhitongche.supervision.tables import Finding

blueprint = Blueprint("rectifying", __name__, url_prefix="/rectifying")


@blueprint.get("")
def show() -> str:
    """Every letter to the own unit, those that wait for an answer first."""
    forms.require("handler")
    found = findings.to_unit(guard.actor().unit_id)
    return render_template("supervision/rectifying.html", rows=found, naming=naming, states=told.FINDING_STATES, verdicts=told.FINDING_VERDICTS)


@blueprint.route("/<uuid:finding_id>", methods=["GET", "POST"])
def one(finding_id: UUID) -> ResponseReturnValue:
    """One letter: the answer that is owed, or the one that was given."""
    forms.require("handler")
    row = findings.of(finding_id)
    findings.require_addressee(row, guard.actor())
    if row.letter_id is None:
        raise NotFound
    problem = problems.of(row.problem_id)
    letter = papers.line_of(record.found(row.letter_id)[0])
    if row.state != "sent":
        return render_template(
            "supervision/rectified.html", finding=row, letter=letter, title=naming.title_of(problem), states=told.FINDING_STATES,
            verdicts=told.FINDING_VERDICTS,
        )  # fmt: skip
    return forms.page(
        "反馈整改措施", _SPECS, lambda values: findings.answer(finding_id, guard.actor(), values), back=url_for("desk.rectifying.show"),
        done=words.ANSWERED, button="反馈", clause=problems.clause(), lead=f"{letter.title}（{letter.number or ''}）", told=_told(row),
    )  # fmt: skip


def group(actor: Actor) -> NavGroup | None:
    """The way there, where the mechanism writes findings; how many wait for an answer."""
    if "handler" not in actor.roles or actor.unit_id is None or current.pack().repeated is None:
        return None
    owed = findings.owed_by(actor.unit_id)
    return NavGroup("整改", [way("整改建议", "desk.rectifying.show", "tools", len(owed) or None, urgent=any(owed))])


_SPECS = (
    FieldSpec("measures", "整改措施", "longtext", max_length=findings.LONGEST),
    FieldSpec("person", "责任人", max_length=60, hint="姓名和职务。"),
    FieldSpec("done_by", "完成时限", "date"),
)


def _told(row: Finding) -> tuple[tuple[str, str], ...]:
    assert row.due_at is not None, "what was sent is due"
    return (("问题表现", row.text), ("整改建议", row.suggestion), ("反馈期限", moment_text(row.due_at)))

