"""Calls back (ST-3.6.a), what was proposed on the handling (ST-3.6.b), and problems that come again (ST-2.c)."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from flask import Blueprint, render_template, request, url_for

from zhitongche.casework.queries import quality, supervised
from zhitongche.desk import guard
from zhitongche.desk.shown import stage_name
from zhitongche.desk.supervision import flows, forms, words
from zhitongche.flow.vocabulary import VERDICTS
from zhitongche.kernel import clock
from zhitongche.supervision import marks
from zhitongche.supervision import words as told
from zhitongche.webkit.forms import FieldSpec

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

blueprint = Blueprint("quality", __name__, url_prefix="/quality")
SPANS: Final = {"30": "近30天", "90": "近90天", "365": "近一年"}


@blueprint.get("")
def show() -> str:
    """The sections that the tenant's mechanism knows."""
    actor, verbs = guard.actor(), flows.verbs()
    span = request.args.get("span", "")
    span = span if span in SPANS else "90"
    owed = supervised.in_stages(actor, flows.stages_of("call_back")) if "call_back" in verbs else []
    marked = supervised.marked(actor) if verbs & {"commend", "report_fault"} else []
    return render_template(
        "supervision/quality.html", verbs=verbs, owed=owed, marked=marked, span=SPANS[span], stage_name=stage_name,
        calls=quality.calls_back(clock.now() - timedelta(days=int(span))), repeated=quality.repeated(actor),
        marks=marks.on([row.id for row in marked]), mark_names=told.MARKS, verdicts=VERDICTS, leads="leader" in actor.roles, triages="triage" in actor.roles,
        filters=[SimpleNamespace(name="span", label="办结时间", value=span, choices=tuple(SPANS.items()))],
        steps={row.id: flows.step(row, "call_back") for row in owed},
    )  # fmt: skip


@blueprint.route("/marks/<uuid:record_id>/<any(decide, result):step>", methods=["GET", "POST"])
def mark(record_id: UUID, step: str) -> ResponseReturnValue:
    """The leader's decision on a proposal; afterwards what was done about it (ST-3.6.b)."""
    forms.require("leader" if step == "decide" else "triage")
    actor, one = guard.actor(), quality.record(record_id, marks.KINDS, guard.actor())
    row = supervised.by_ids(actor, [one.petition_id])[one.petition_id]
    shown = (("诉求件", f"{row.number} {row.title}"), ("承办单位", row.unit or "—"), (told.MARKS[one.kind], one.text), ("提请人", one.author))
    common: dict[str, Any] = {"back": url_for("desk.supervision.quality.show", _anchor="marked"), "clause": marks.CLAUSE, "told": shown}
    if step == "decide":
        return forms.page(
            "决定" + told.MARKS[one.kind], _DECIDE, lambda given: marks.decide(record_id, actor, given["verdict"] or "", given["opinion"] or ""),
            done=words.MARK_DECIDED, button="决定", **common,
        )  # fmt: skip
    return forms.page(
        "登记落实情况", _RESULT, lambda given: marks.carry_out(record_id, actor, given["result"] or ""), done=words.MARK_DONE, button="登记", **common
    )


_DECIDE: Final = (
    FieldSpec("verdict", "决定", "radio", choices=tuple(VERDICTS.items())),
    FieldSpec("opinion", "意见", "longtext", required=False, max_length=500, hint="不同意的，请写明理由。"),
)
_RESULT: Final = (FieldSpec("result", "落实情况", "longtext", max_length=500, hint="如何时在何处宣传，或作了何种处理。"),)
