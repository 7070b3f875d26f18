"""What an entry of the journal means for counting: the state that it leaves, and what happened by it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from zhitongche.kernel import clock

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from zhitongche.journal import Entry

OTHERS: Final = frozenset({"enterprise", "above", "below"})
"""Whose limits and turns are no official's of this tenant."""
_ANSWERED: Final = frozenset({"answered", "closed"})
_KEPT: Final = ("lead", "proposed", "turn", "owes", "outcome", "worked")


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened: a verb of the flow or an event; `unit` is its own, `told` what rules may ask and divide by."""

    what: str
    day: date
    unit: str = ""
    told: Mapping[str, Any] | None = None
    minutes: int | None = None


def read(state: dict[str, Any], entry: Entry) -> list[Happening]:
    """Bring `state` (plain JSON, changed in place) to where the entry leaves the petition; answers what happened, in order."""
    body: Mapping[str, Any] = entry.body or {}
    left: Mapping[str, Any] = body.get("state") or {}
    day, was = clock.local_date(entry.at), dict(state)
    found = list(_clocks(state, left.get("clocks", ()), day))
    if "commitment" in left:
        found += _commitment(left["commitment"], day)
    if "verb" not in left:
        return found
    form = body.get("form") or {}
    _remember(state, left, form)
    own = str(entry.unit_id or "")
    return [Happening(left["verb"], day, own, _told(body, form)), *found, *_moves(was, state, entry, left, day)]


def _remember(state: dict[str, Any], left: Mapping[str, Any], form: Mapping[str, Any]) -> None:
    state.update({name: left.get(name) for name in _KEPT})
    if left["verb"] in ("register", "report_in"):
        state["below"] = left["verb"] == "report_in"
    state["resolution"] = form.get("resolution") or state.get("resolution")
    state["rated"] = state.get("rated", False) or left["verb"] == "rate"


def _told(body: Mapping[str, Any], form: Mapping[str, Any]) -> dict[str, Any]:
    told = {name: form.get(name, "") for name in ("verdict", "satisfaction", "accept_ground", "refusal_ground")}
    return told | {"source": (body.get("intake") or {}).get("source", "")}


def _moves(was: Mapping[str, Any], state: dict[str, Any], entry: Entry, left: Mapping[str, Any], day: date) -> Iterator[Happening]:
    """Units that it came to, the stage that it left, its answer, its end."""
    for party in ("proposed", "lead"):
        if state[party] and state[party] != was.get(party):
            yield Happening("handed", day, state[party])
    if entry.from_stage != entry.to_stage:
        since = was.get("since", 0)
        state["since"] = left.get("worked", since)
        if entry.from_stage is not None:
            told = {"stage": entry.from_stage, "owes": was.get("owes")}
            yield Happening("stage_left", day, was.get("turn") or "", told, max(state["since"] - since, 0))
    if not state.get("answered") and left.get("phase") in _ANSWERED and left.get("outcome") in (None, "resolved"):
        state["answered"] = True
        yield Happening("answered", day)
    if left.get("outcome") and not was.get("outcome"):
        yield Happening("ended", day)


def _clocks(state: dict[str, Any], told: Any, day: date) -> Iterator[Happening]:
    running = dict(state.get("clocks", {}))
    state["clocks"] = running
    for one in told:
        name, became = one["id"], one["is"]
        if became == "started":
            running[name] = {key: one.get(key) for key in ("code", "unit", "owes", "due", "by")}
            yield _of_clock("clock_started", running[name], day)
        elif name in running:
            row = running[name] = dict(running[name])
            if became == "moved":
                row |= {"due": one["due"], "unit": one.get("unit")}
            if one.get("late") and not row.get("missed"):
                row["missed"] = True
                yield _of_clock("clock_missed", row, clock.local_date(datetime.fromisoformat(row["due"])))
            if became == "met" and not row.get("missed"):
                yield _of_clock("clock_kept", row, day)
            if became in ("met", "lapsed"):
                del running[name]


def _of_clock(what: str, row: Mapping[str, Any], day: date) -> Happening:
    return Happening(what, day, row["unit"] or "", {"clock": row["code"], "owes": row["owes"], "met_by": row["by"]})


def _commitment(told: Mapping[str, Any], day: date) -> Iterator[Happening]:
    """A published commitment was kept, was fulfilled late, or its day passed; the latter two count once."""
    if told["is"] == "kept":
        yield Happening("commitment_kept", day, told["unit"])
    due = clock.day_of(told["due"]) if told["is"] == "missed" else day
    if told["is"] in ("kept", "missed"):
        yield Happening("commitment_due", due, told["unit"])
