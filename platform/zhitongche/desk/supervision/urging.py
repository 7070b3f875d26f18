"""The list of what is to be urged in a period (定期催办, RP-3.4.b): gone over by unit, issued, and what came of it."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for

from zhitongche import documents
from zhitongche.casework.queries import supervised
from zhitongche.desk import guard
from zhitongche.desk.shown import stage_name
from zhitongche.desk.supervision import words
from zhitongche.documents import queries as papers
from zhitongche.identity import units
from zhitongche.kernel.errors import Conflict, Invalid, Refused
from zhitongche.persistence import unit_of_work
from zhitongche.supervision import rounds
from zhitongche.supervision import words as told
from zhitongche.supervision.carrying_out import told as lateness

if TYPE_CHECKING:
    from collections.abc import Callable

    from werkzeug.wrappers import Response

    from zhitongche.supervision.tables import UrgingItem

blueprint = Blueprint("urging", __name__, url_prefix="/urging")


@blueprint.get("")
def show() -> str:
    """The newest list, or the one of the day asked for."""
    found = rounds.rounds()
    wanted = request.args.get("day", "")
    chosen = next((one for one in found if one.day.isoformat() == wanted), found[0] if found else None)
    items = rounds.items_of(chosen.id) if chosen else []
    now = supervised.by_ids(guard.actor(), {one.petition_id for one in items})
    return render_template(
        "supervision/urging.html", rounds=found, chosen=chosen, routine=rounds.routine(), may=rounds.may(guard.actor()), now=now,
        groups=_groups([one for one in items if one.petition_id in now]), lateness=lateness, states=words.ITEMS, stage_name=stage_name,
        counts={state: sum(one.state == state for one in items) for state in words.ITEMS}, key_of=_key,
        papers=papers.papers_about(documents.About.urging(chosen.id)) if chosen else [], standing=told.STANDING_TEXT,
        round_states=words.ROUNDS, waits=chosen is not None and chosen.state == "issued" and any(one.state == "listed" for one in items),
    )  # fmt: skip


@blueprint.post("/<uuid:round_id>/leave-out")
def leave_out(round_id: UUID) -> Response:
    """Take the ticked items out, with the reason."""
    chosen = [key for text in request.form.getlist("item") if (key := _read(text))]
    return _answer(lambda: words.LEFT_OUT.format(count=rounds.leave_out(round_id, chosen, request.form.get("why", ""), guard.actor())))


@blueprint.post("/<uuid:round_id>/put-back")
def put_back(round_id: UUID) -> Response:
    """Put one item back."""
    key = _read(request.form.get("item", "")) or (UUID(int=0), UUID(int=0))

    def act() -> str:
        rounds.put_back(round_id, key, guard.actor())
        return words.PUT_BACK

    return _answer(act)


@blueprint.post("/<uuid:round_id>/issue")
def issue(round_id: UUID) -> Response:
    """Issue the list."""
    return _answer(lambda: words.ISSUED.format(count=rounds.issue(round_id, guard.actor(), request.form.get("text", ""))))


def _answer(act: Callable[[], str]) -> Response:
    try:
        with unit_of_work():
            done = act()
    except Invalid as error:
        flash("；".join(error.errors.values()), "warning")
    except (Conflict, Refused) as error:
        flash(error.message, "warning")
    else:
        flash(done, "success")
    return redirect(url_for("desk.supervision.urging.show"), 303)


def _groups(items: list[UrgingItem]) -> list[tuple[str, list[UrgingItem]]]:
    """By unit, in the units' own order."""
    order = {unit.id: (unit.position, unit.name) for unit in units.listing(with_inactive=True)}
    ranked = sorted(items, key=lambda one: (order[one.unit_id], one.due_at))
    return [(name, list(rows)) for (_, name), rows in groupby(ranked, key=lambda one: order[one.unit_id])]


def _key(item: UrgingItem) -> str:
    return f"{item.petition_id}.{item.unit_id}"


def _read(text: str) -> rounds.Key | None:
    try:
        petition, _, unit = text.partition(".")
        return UUID(petition), UUID(unit)
    except ValueError:
        return None

