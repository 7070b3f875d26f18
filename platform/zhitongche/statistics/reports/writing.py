"""The sections of a report, each out of values by rules; one that has nothing to say is None. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from zhitongche.statistics.reports import tabling, words
from zhitongche.statistics.reports.comparing import change, changes
from zhitongche.statistics.reports.readings import Readings, Section

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from zhitongche.statistics.values import Value

_NAMED, _OWING = 3, 6
"""So many units are named where some are picked out: for their rate, for what they owe."""
_ENOUGH: Final = 5
"""A unit is not held up for a rate on less."""


def overview(read: Readings) -> Section:
    """What came in, what became of it, what is on hand."""
    now, compared = read.now, _compared(read)
    first = words.RECEIVED if now["received"].numerator else words.NONE_RECEIVED
    told = [first.format(this=read.this, text=now["received"].text, changes=compared("received"))]
    if len(sources := read.keyed.get("received", ())) > 1:
        told.append(words.FROM.format(list=_listed(sources)))
    screened = {code: now[code].text for code in ("accepted", "refused", "duplicates")}
    told.append(words.SCREENED.format(**screened, changes=compared("accepted")))
    told.append(words.FINISHED.format(text=now["finished"].text, changes=compared("finished")))
    told += [words.WITHDRAWN.format(text=now["withdrawn"].text)] if now["withdrawn"].numerator else []
    told += [words.BELOW.format(text=now["received_below"].text)] if now["received_below"].numerator else []
    stock = {code: now[code].text for code in ("on_hand", "overdue_now")}
    last = words.STOCK.format(as_of=read.as_of, on_hand=stock["on_hand"], overdue=stock["overdue_now"], changes=_stocked(read, "on_hand"))
    return Section("overview", ["".join(told), last], [tabling.trend(read)] if len(read.trend) > 1 else [])


def quality(read: Readings) -> Section:
    """Rates with their denominators in sight, how long it took; all figures in one table."""
    told = [f"{name}：{text}。" for name, codes in words.GROUPS if (text := _rates(read, codes))]
    told += [_handling(read)] if read.now["handling_median"].amount is not None else []
    return Section("quality", told, [tabling.figures(read), *tabling.keyed(read, "on_time_rate"), *tabling.steps(read)])


def late(read: Readings) -> Section:
    """What is late and whose; one by one where the period runs to today."""
    now = read.now["overdue_now"]
    if not now.numerator:
        told = words.NONE_LATE.format(as_of=read.as_of)
    else:
        owed = sorted((one for one in _of_units(read, "overdue_now") if one[1].numerator), key=lambda one: -one[1].numerator)
        units = words.LATE_UNITS.format(list=_listed(owed[:_OWING])) + (words.ALL_UNITS.format(count=len(owed)) if len(owed) > _OWING else "")
        units = units if owed else ""
        told = words.LATE.format(as_of=read.as_of, text=now.text, changes=_stocked(read, "overdue_now"), units=units)
    told += words.LEFT_OUT.format(count=now.left_out) if now.left_out else ""
    if now.numerator and read.late is None:
        told += words.NO_LIST
    elif read.late and len(read.late) < now.numerator:
        told += words.LATE_MORE.format(shown=len(read.late))
    urged = words.URGED.format(this=read.this, text=read.now["urged"].text, changes=_compared(read)("urged"))
    return Section("late", [told, urged], [tabling.late(read.late)] if read.late else [])


def units(read: Readings) -> Section | None:
    """The units side by side."""
    if not read.units:
        return None
    rates = [(name, value) for name, value in _of_units(read, "on_time_rate") if value.denominator]
    kept = sum(value.numerator == value.denominator for _, value in rates)
    told = words.UNITS.format(this=read.this, count=len(read.units), kept=kept)
    weak = [one for one in rates if (one[1].denominator or 0) >= _ENOUGH and one[1].numerator < (one[1].denominator or 0)]
    weak.sort(key=lambda one: one[1].amount or 0.0)
    if weak:
        told += words.LOWEST.format(list="、".join(f"{name}{value.full}" for name, value in weak[:_NAMED]))
    return Section("units", [told], [tabling.units(read)])


def refusals(read: Readings) -> Section:
    """On which grounds petitions were refused."""
    now = read.now["refused"]
    told = words.REFUSED if now.numerator else words.NONE_REFUSED
    text = told.format(this=read.this, text=now.text, changes=_compared(read)("refused"))
    return Section("refusals", [text], tabling.keyed(read, "refused") if now.numerator else [])


def levels(read: Readings) -> Section | None:
    """What went up, what came from below."""
    codes = ("risen", "taken_above", "decided_above", "returned_above", "received_below", "returned_below")
    counted = {code: read.now[code].numerator for code in codes}
    if not any(counted.values()):
        return None
    told = words.RISEN.format(this=read.this, **counted) if counted["risen"] else ""
    told += words.FROM_BELOW.format(**counted) if counted["received_below"] or counted["returned_below"] else ""
    return Section("levels", [told]) if told else None


def meetings(read: Readings) -> Section | None:
    """Meetings held, commitments kept."""
    held, kept = read.now["meetings_held"], read.now["commitments_kept"]
    told = []
    if held.numerator:
        kinds = "、".join(f"{name}{value.numerator}次" for name, value in read.keyed.get("meetings_held", ()))
        told.append(words.MEETINGS.format(this=read.this, list=kinds or f"会议{held.numerator}次"))
    if kept.denominator:
        values = {"numerator": kept.numerator, "denominator": kept.denominator, "text": kept.text}
        told.append(words.COMMITMENTS.format(**values, changes=_compared(read)("commitments_kept")))
    return Section("meetings", ["".join(told)]) if told else None


def definitions(read: Readings) -> Section:
    """What each figure means, where it comes from."""
    return Section("definitions", [words.DEFINED], [tabling.definitions(read)])


WRITERS: Final[dict[str, Callable[[Readings], Section | None]]] = {
    "overview": overview, "quality": quality, "late": late, "units": units, "refusals": refusals, "levels": levels, "meetings": meetings,
    "definitions": definitions,
}  # fmt: skip
"""Part → who writes it; parts that others add are not among them."""


def _rates(read: Readings, codes: Iterable[str]) -> str:
    counted = [read.now[code] for code in codes if read.now[code].denominator]
    return "；".join(
        words.RATE.format(name=value.figure.name, full=value.full, changes=_compared(read)(value.figure.code)) for value in counted
    )  # fmt: skip


def _handling(read: Readings) -> str:
    median, p90 = read.now["handling_median"], read.now["handling_p90"]
    return words.HANDLING.format(median=median.text, p90=p90.text, changes=_compared(read)("handling_median"))


def _compared(read: Readings) -> Callable[[str], str]:
    return lambda code: changes(read.now[code], read.others(code))


def _stocked(read: Readings, code: str) -> str:
    # A stock of a year ago says little; that of the period's beginning says all.
    told = change(read.now[code], read.before[code], f"{read.than}末")
    return f"（{told}）" if told else ""


def _of_units(read: Readings, code: str) -> list[tuple[str, Value]]:
    return [(name, values[code]) for name, values in read.units]


def _listed(values: Iterable[tuple[str, Value]]) -> str:
    return "、".join(f"{name}{value.numerator}{value.figure.unit}" for name, value in values if value.numerator)
