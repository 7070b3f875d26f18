"""待办: what I owe, the earliest due first."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, get_args
from uuid import UUID

from flask import Blueprint, redirect, render_template, request

from zhitongche.casework.queries import awaited, inbox, ways
from zhitongche.casework.queries import rising_words as way_words
from zhitongche.casework.queries.inbox import Filter, State
from zhitongche.casework.queries.keyset import Mark, Turn
from zhitongche.desk import guard, meetings, navigation, words
from zhitongche.desk.shown import category_choices, matter_choices, stage_choices, stage_name, unit_choices
from zhitongche.documents import queries as papers
from zhitongche.tenancy import current

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from zhitongche.flow.facts import Actor

blueprint = Blueprint("inbox", __name__)


@blueprint.get("/")
def show() -> ResponseReturnValue:
    """The inbox; filters and place are in the address, so that they survive and can be sent to a colleague."""
    if not current.pack().takes_petitions:
        return redirect(navigation.home())
    actor = guard.actor()
    wanted = _wanted()
    turn = Turn(Mark.read(request.args.get("after")), Mark.read(request.args.get("before")))
    tally = navigation.tally() if wanted == Filter(state=wanted.state) else inbox.tally(actor, wanted)
    return render_template(
        "desk/inbox.html",
        page=inbox.owed(actor, wanted, turn),
        tally=tally,
        wanted=wanted,
        filters=_filters(actor, wanted),
        others=inbox.others(actor),
        awaited=awaited.of(actor) if current.pack().escalation else [],
        way_marks=way_words.MARKS,
        papers=papers.waiting_for(actor),
        meeting_steps=meetings.waiting(actor),
        stage_name=stage_name,
    )


def _wanted() -> Filter:
    state: Any = request.args.get("state")
    return Filter(
        state=state if state in get_args(State) else None,
        **{name: request.args.get(name, "")[:60] for name in ("stage", "matter", "category", "way")},
        unit_id=_id(request.args.get("unit")),
    )


def _id(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None


def _filters(actor: Actor, wanted: Filter) -> list[SimpleNamespace]:
    rows = [
        ("state", "期限", wanted.state or "", tuple(words.STATES.items())),
        ("stage", "环节", wanted.stage, stage_choices(open_only=True)),
        ("category", "类别", wanted.category, category_choices()),
        ("matter", "事项", wanted.matter, matter_choices()),
    ]
    if offered := ways.offered(current.pack()):
        rows.append(("way", words.BETWEEN, wanted.way, offered))
    if actor.roles - {"handler"}:
        rows.append(("unit", "承办单位", str(wanted.unit_id or ""), unit_choices()))
    return [SimpleNamespace(name=n, label=label, value=v, choices=c, kind="") for n, label, v, c in rows]
