"""The tenant's own calendar days (台风停工、地方假日): what they move is shown before they are set."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from flask import Blueprint, render_template, request

from zhitongche.casework import recompute
from zhitongche.desk import guard
from zhitongche.desk.admin import words
from zhitongche.desk.admin.acting import attempt, over_to
from zhitongche.identity import units
from zhitongche.identity.permissions import require_admin
from zhitongche.kernel import clock
from zhitongche.kernel.errors import Invalid, NotFound
from zhitongche.persistence import unit_of_work
from zhitongche.tenancy import calendar, current
from zhitongche.webkit.filters import day as day_text
from zhitongche.webkit.forms import FieldSpec, apply_errors, build_form

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from zhitongche.casework.recompute import Move
    from zhitongche.webkit.forms import PackForm

blueprint = Blueprint("days", __name__, url_prefix="/calendar")
AHEAD: Final = timedelta(days=731)


@blueprint.route("", methods=["GET", "POST"])
def show() -> ResponseReturnValue:
    """The year, the own days, and the form; a day is set only after what it moves was shown."""
    form = _form()
    if form.validate_on_submit():
        values = form.values()
        wanted, working, name = values["day"], values["kind"] == "working", values["name"]
        try:
            _check(wanted, working=working)
        except Invalid as error:
            apply_errors(form, error)
        else:
            own = calendar.own_days() | {wanted: (working, name)}
            if "confirmed" not in request.form:
                return _preview(wanted, recompute.moved_by(wanted, own), form, setting=words.WORKING[working])
            count = attempt(form, lambda: _set(wanted, working=working, name=name))
            if count is not None:
                told = words.DAY_SET.format(day=day_text(wanted), kind=words.WORKING[working], count=count)
                return over_to("desk.admin.days.show", told)
    return _page(form), 422 if form.errors else 200


@blueprint.post("/<day>/unset")
def unset(day: str) -> ResponseReturnValue:
    """Take back an own day, after what that moves was shown."""
    wanted = _parsed(day)
    own = calendar.own_days()
    if wanted not in own:
        raise NotFound
    form = _form()
    without = {one: told for one, told in own.items() if one != wanted}
    _check(wanted, working=calendar.bare(current.pack(), without).is_working(wanted), changed=False)
    if "confirmed" not in request.form:
        return _preview(wanted, recompute.moved_by(wanted, without), form, setting="")
    with unit_of_work():
        count = _unset(wanted)
    return over_to("desk.admin.days.show", words.DAY_UNSET.format(day=day_text(wanted), count=count))


def _set(day: date, *, working: bool, name: str) -> int:
    require_admin(guard.actor())
    moves = recompute.moved_by(day, calendar.own_days() | {day: (working, name)})
    calendar.set_day(day, working=working, name=name, by=guard.person().id)
    return _recount(moves)


def _unset(day: date) -> int:
    require_admin(guard.actor())
    moves = recompute.moved_by(day, {one: told for one, told in calendar.own_days().items() if one != day})
    calendar.unset_day(day)
    return _recount(moves)


def _recount(moves: list[Move]) -> int:
    # In one order for everybody: two administrators must not wait for each other's petitions.
    return sum(recompute.recount(clock_id) for clock_id in sorted(move.clock_id for move in moves))


def _check(day: date, *, working: bool, changed: bool = True) -> None:
    today = clock.today()
    if day < today:
        raise Invalid({"day": words.DAY_PAST})
    if day == today and working:
        raise Invalid({"day": words.DAY_TODAY})
    if day - today > AHEAD:
        raise Invalid({"day": words.DAY_FAR})
    if changed and calendar.calendar_of(current.pack()).is_working(day) == working:
        raise Invalid({"day": words.DAY_SAME.format(kind=words.WORKING[working])})


def _form() -> PackForm:
    return build_form((
        FieldSpec("day", "日期", "date", hint="今天及以后的日期"),
        FieldSpec("kind", "改为", "radio", choices=(("off", "休息日"), ("working", "上班日"))),
        FieldSpec("name", "事由", max_length=40, min_length=2, hint="例如：台风停工停业", autocomplete="off"),
    ), {"kind": "off"})  # fmt: skip


def _preview(day: date, moves: list[Move], form: PackForm, *, setting: str) -> str:
    named = {unit.id: unit.name for unit in units.listing(with_inactive=True)}
    sent = {name: text for name, text in request.form.items() if name not in {"csrf_token", "confirmed"}}
    return render_template("admin/day.html", day=day, moves=moves, units=named, sent=sent, setting=setting, reason=form["name"].data)


def _page(form: PackForm) -> str:
    today = clock.today()
    year = request.args.get("year", type=int) or today.year
    year = min(max(year, today.year - 2), today.year + 2)
    days, own = calendar.calendar_of(current.pack()).year(year), calendar.own_days()
    special = [day for day in days if day.working != (day.date.weekday() < 5) or day.date in own]
    return render_template(
        "admin/days.html", form=form, own=calendar.listing(), today=today, year=year, special=special,
        confirmed=year in calendar.calendar_of(current.pack()).confirmed, working=sum(day.working for day in days),
    )  # fmt: skip


def _parsed(text: str) -> date:
    try:
        return clock.day_of(text)
    except ValueError:
        raise NotFound from None
