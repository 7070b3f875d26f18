"""诉求台账: every petition that one may read, filtered, searched, exported."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from flask import Blueprint, render_template, request, send_file

from zhitongche.casework import words as case_words
from zhitongche.casework.queries import listing, ways
from zhitongche.casework.queries import rising_words as way_words
from zhitongche.casework.queries.keyset import Mark, Turn
from zhitongche.casework.queries.listing import Wanted
from zhitongche.desk import export, guard, shown, words
from zhitongche.kernel import clock
from zhitongche.persistence import unit_of_work
from zhitongche.tenancy import current

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from flask.typing import ResponseReturnValue

    from zhitongche.casework.choices import Choices

blueprint = Blueprint("register", __name__)
Value = TypeVar("Value")


@blueprint.get("/petitions")
def show() -> str:
    """One page of the register; filters and place are in the address."""
    actor, wanted = guard.actor(), read(request.args)
    turn = Turn(Mark.read(request.args.get("after")), Mark.read(request.args.get("before")))
    page = listing.listing(actor, wanted, turn)
    # What fits on one page has been counted by showing it; a search would otherwise be made twice.
    total = listing.counted(actor, wanted) if page.previous or page.following else len(page.rows)
    return render_template(
        "desk/register.html", page=page, wanted=wanted, filters=_filters(wanted), total=total,
        total_text=f"{listing.COUNTED}余件" if total > listing.COUNTED else f"{total}件",
        stage_name=shown.stage_name, sources=case_words.SOURCES, way_marks=way_words.MARKS,
    )  # fmt: skip


@blueprint.get("/petitions/export")
def download() -> ResponseReturnValue:
    """The filtered register as a spreadsheet, with who made it and when; each row counts as a read (ST-3.1.2, ST-5.1)."""
    actor, wanted = guard.actor(), read(request.args)
    with unit_of_work():
        sheet = export.Sheet(actor, described(wanted))
        taken = [sheet.add(item) for item in listing.whole(actor, wanted)]
        listing.exported(actor, taken, words.READ_EXPORT)
    name = f"诉求台账{clock.local(clock.now()):%Y%m%d-%H%M}.xlsx"
    return send_file(sheet.content(), export.MEDIA_TYPE, as_attachment=True, download_name=name, max_age=0)


def read(args: Mapping[str, str]) -> Wanted:
    """Filters out of an address; what makes no sense is left out."""
    texts = {name: args.get(name, "").strip()[:60] for name in ("q", "stage", "category", "matter", "source", "level", "late", "key", "rating", "way")}
    return Wanted(
        open={"open": True, "closed": False}.get(args.get("open", "")),
        unit_id=_parsed(UUID, args.get("unit")),
        since=_parsed(clock.day_of, args.get("since")),
        until=_parsed(clock.day_of, args.get("until")),
        **texts,
    )


def described(wanted: Wanted) -> str:
    """The filters in words, for the head of an export."""
    parts = [f"{f.label}：{dict(f.choices).get(f.value, f.value)}" for f in _filters(wanted) if f.value]
    return "；".join(([f"搜索：{wanted.q}"] if wanted.q else []) + parts) or "全部"


def _parsed(kind: Callable[[str], Value], text: str | None) -> Value | None:
    try:
        return kind(text) if text else None
    except ValueError:
        return None


def _filters(wanted: Wanted) -> list[SimpleNamespace]:
    is_open = {True: "open", False: "closed", None: ""}[wanted.open]
    rows: list[tuple[str, str, str, Choices]] = [
        ("open", "状态", is_open, (("open", "在办"), ("closed", "已办结"))),
        ("stage", "环节", wanted.stage, shown.stage_choices()),
        ("unit", "承办单位", str(wanted.unit_id or ""), shown.unit_choices()),
        ("category", "类别", wanted.category, shown.category_choices()),
        ("matter", "事项", wanted.matter, shown.matter_choices()),
        ("source", "来源", wanted.source, tuple(case_words.SOURCES.items())),
        ("level", "级别", wanted.level, shown.level_choices()),
        ("late", "超期", wanted.late, tuple(words.LATE.items())),
        ("key", "重点督办", wanted.key, tuple(words.KEYS.items())),
        ("rating", "评价", wanted.rating, tuple(words.RATINGS.items())),
        ("since", "收件起", _day(wanted.since), ()),
        ("until", "收件止", _day(wanted.until), ()),
    ]
    if offered := ways.offered(current.pack()):
        rows.insert(7, ("way", words.BETWEEN, wanted.way, offered))
    return [SimpleNamespace(name=n, label=label, value=v, choices=c, kind="" if c else "date") for n, label, v, c in rows]


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
