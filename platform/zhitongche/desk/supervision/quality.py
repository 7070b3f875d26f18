"""Calls back (ST-3.6.a), what was proposed on the handling (ST-3.6.b), and problems that come again (ST-2.c)."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Final

from flask import Blueprint, render_template, request

from zhitongche.casework.queries import quality, supervised
from zhitongche.desk import guard
from zhitongche.desk.shown import stage_name
from zhitongche.desk.supervision import flows
from zhitongche.kernel import clock

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
        reasons=quality.reasons([row.id for row in marked], ("commend", "fault")),
        filters=[SimpleNamespace(name="span", label="办结时间", value=span, choices=tuple(SPANS.items()))],
        steps={row.id: flows.step(row, "call_back") for row in owed},
    )  # fmt: skip
