"""Tables that the calendar asks for: the key list of a month (ST-3.5), the progress of a week (ST-3.4.b)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from zhitongche.casework.queries import progress, supervised
from zhitongche.casework.queries.supervised import Supervised, Wanted
from zhitongche.documents import cells, words
from zhitongche.documents.about import About
from zhitongche.documents.drafting import draft
from zhitongche.documents.filling import day, fill
from zhitongche.documents.permissions import require_drafter
from zhitongche.documents.record import happened, template_of
from zhitongche.documents.tables import Paper
from zhitongche.kernel import clock
from zhitongche.persistence import db
from zhitongche.tenancy import calendar, current, versions

if TYPE_CHECKING:
    from collections.abc import Callable

    from zhitongche.flow.facts import Actor


def make(kind: str, actor: Actor) -> Paper:
    """This month's or this week's table of the kind; a draft of it is filled anew, one on its way stays as it is.

    Raises NotFound where the pack has no such table, Forbidden.
    """
    template = template_of(current.pack(), kind)
    require_drafter(actor, template)
    about, facts = MAKERS[kind](actor)
    key = f"{kind}:{about.id}"
    known = db.session.scalar(select(Paper).where(Paper.key == key).with_for_update())
    if known is None:
        return draft(kind, about=about, facts=facts, actor=actor, key=key)
    if known.state == "draft":
        _fill_anew(known, facts)
        happened(known, "edited", actor)
    return known


def _fill_anew(paper: Paper, facts: dict[str, Any]) -> None:
    pack = versions.pack_at(paper.pack_version)
    template = template_of(pack, paper.kind)
    fresh = fill(template, pack, facts)
    paper.content, paper.updated_at = fresh | cells.refilled(template, paper.content or {}, fresh["rows"]), clock.now()


def _key_list(actor: Actor) -> tuple[About, dict[str, Any]]:
    today = clock.today()
    late = [row for row in supervised.whole(actor, Wanted("late")) if row.key_state != "approved" and _seriously(row)]
    rows = [{**_row(one), "days_late": _days_late(one), "note": words.KEY_STATES.get(one.key_state or "")} for one in late]
    return About.month(today), {"month": f"{today:%Y年%-m月}", "count": len(rows), "rows": rows}


def _weekly(actor: Actor) -> tuple[About, dict[str, Any]]:
    today = clock.today()
    open_ones = supervised.whole(actor, Wanted("open"))
    told = progress.of_week(today)
    rows = [{**_row(one), "progress": told.get(one.id, "")} for one in open_ones]
    return About.week(today), {"week": f"{today:%G}年第{today.isocalendar().week}周", "count": len(rows), "rows": rows}


def _row(one: Supervised) -> dict[str, Any]:
    stage = versions.pack_at(one.pack_version).flow.stages[one.stage].name
    due = day(clock.local_date(one.due)) if one.due else ""
    return {"number": one.number, "title": one.title, "enterprise": one.enterprise, "unit": one.unit, "stage": stage, "due": due}


def _seriously(one: Supervised) -> bool:
    """Late by what the pack's monthly list calls serious (working days); any delay where it says nothing."""
    limit = next((routine.late_by for routine in current.pack().routines if routine.late_by is not None), None)
    assert one.due is not None, "what is late was due"
    days = calendar.calendar_of(current.pack()).count_working(clock.local_date(one.due), clock.today())
    return limit is None or days >= limit.amount


def _days_late(one: Supervised) -> str:
    assert one.due is not None, "what is late was due"
    return str((clock.now() - one.due).days)


MAKERS: Final[dict[str, Callable[[Actor], tuple[About, dict[str, Any]]]]] = {"key_list": _key_list, "weekly_table": _weekly}
"""Kinds of paper that are made by the calendar."""
