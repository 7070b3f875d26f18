"""The journal retold for the enterprise (办理进度): what happened, without what officials say among themselves.

What is not named here is told by the public words of the stage that it led to, or not at all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from zhitongche.casework.queries import tracking_words as words
from zhitongche.flow.vocabulary import HOW, RESOLUTIONS, SATISFACTION

if TYPE_CHECKING:
    from zhitongche.journal import Entry
    from zhitongche.tenancy.pack import Pack

UNIT_HUSHED: Final = frozenset({"confirm", "decline", "object", "settle", "approve"})
"""Steps between units: which of them took it is not the enterprise's to know before it is settled."""
HIDDEN: Final = frozenset(
    {"note", "urge", "propose_key", "approve_key", "commend", "report_fault"}
)
"""Work among officials that changes nothing for the enterprise."""
GIVES_FILES: Final = frozenset({"register", "supplement", "rate"})


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened; `who` is a unit or the enterprise's own person, `files` are attachment ids."""

    title: str
    at: datetime
    icon: str = ""
    tone: str = "plain"
    text: str = ""
    who: str = ""
    clause: str = ""
    files: tuple[UUID, ...] = ()
    answer: bool = False
    final: bool = False
    resolution: str = ""


@dataclass(frozen=True, slots=True)
class Names:
    """What ids and codes of one case are called; `lead` is the lead unit now, `clocks` only those that are told."""

    pack: Pack
    units: Mapping[UUID, str]
    source: str
    lead: str = ""
    clocks: Mapping[str, str] = field(default_factory=dict)

    def unit(self, text: object) -> str:
        """The name of a unit by its id as the journal writes it; empty where there is none."""
        return self.units.get(UUID(str(text)), "") if text else ""


def retell(entry: Entry, names: Names) -> Event | None:
    """The entry as the enterprise is told of it; None where it is not told."""
    if entry.action == "overdue":
        return _overdue(entry, names)
    action = names.pack.flow.actions.get(entry.action)
    if action is None or action.verb in HIDDEN:
        return None
    event = TELLERS[action.verb](entry, names) if action.verb in TELLERS else _by_stage(entry, names)
    if event is None:
        return None
    hushed = action.verb in UNIT_HUSHED
    clause = "" if hushed or action.clause == "setting" else action.clause
    return replace(event, who="" if hushed else _who(entry, names), clause=clause, files=_files(entry, action.verb, event))


def _who(entry: Entry, names: Names) -> str:
    if entry.actor_kind == "enterprise":
        return entry.actor_name or ""
    return names.units.get(entry.unit_id, "") if entry.unit_id else ""


def _files(entry: Entry, verb: str, event: Event) -> tuple[UUID, ...]:
    if not event.answer and verb not in GIVES_FILES:
        return ()
    return tuple(UUID(file["id"]) for file in (entry.body or {}).get("files", ()))


def _form(entry: Entry) -> Mapping[str, Any]:
    form: Mapping[str, Any] = (entry.body or {}).get("form", {})
    return form


def _by_stage(entry: Entry, names: Names) -> Event | None:
    if entry.to_stage is None or entry.to_stage == entry.from_stage:
        return None
    return Event(names.pack.flow.stages[entry.to_stage].public, entry.at)


def _register(entry: Entry, names: Names) -> Event:
    return Event(words.SUBMITTED[names.source], entry.at, "pencil-fill")


def _verify(entry: Entry, _names: Names) -> Event:
    if _form(entry).get("verdict") == "agree":
        return Event(words.REGISTER_CONFIRMED, entry.at, "building-check", "success")
    return Event(words.REGISTER_DOUBTED, entry.at, "building-exclamation", "warning")


def _join(entry: Entry, _names: Names) -> Event:
    return Event(words.JOINED, entry.at, "sign-merge-right", text=str((entry.body or {}).get("into", "")))


def _refuse(entry: Entry, names: Names) -> Event:
    ground = names.pack.grounds_refuse.get(str(_form(entry).get("refusal_ground")))
    reason = str(_form(entry).get("reason", ""))
    return Event(words.REFUSED, entry.at, "x-lg", "danger", f"{ground.name}\n{reason}" if ground else reason)


def _handed(entry: Entry, names: Names) -> Event:
    lead, co = names.unit(_form(entry).get("lead")), [names.unit(unit) for unit in _form(entry).get("co", ())]
    lead = lead or names.lead
    letter = (entry.body or {}).get("letter", {}).get("number")
    lines = [words.CO_UNITS.format(co="、".join(co))] if co else []
    lines += [words.LETTER.format(number=letter)] if letter else []
    return Event(words.HANDED_TO.format(lead=lead or words.LEAD), entry.at, "send-fill", text="\n".join(lines))


def _settle(entry: Entry, names: Names) -> Event:
    lead = names.unit(_form(entry).get("lead")) if _form(entry).get("verdict") == "agree" else ""
    title = words.UNIT_SETTLED_AS.format(lead=lead) if lead else words.UNIT_SETTLED
    return Event(title, entry.at, "signpost-2-fill")


def _contact(entry: Entry, _names: Names) -> Event:
    # The note of the talk is the officials' own record (ST-5.2); that it took place is common knowledge.
    return Event(words.CONTACTED, entry.at, "telephone-fill", text=HOW.get(str(_form(entry).get("how")), ""))


def _settle_plan(entry: Entry, names: Names) -> Event | None:
    if _form(entry).get("verdict") != "agree":
        return _by_stage(entry, names)
    return Event(words.PLAN_AGREED, entry.at, "calendar2-check", "success")


def _reply(entry: Entry, names: Names) -> Event | None:
    stage = names.pack.flow.stages.get(entry.to_stage or "")
    if stage is None or stage.phase not in {"answered", "closed"}:
        return _by_stage(entry, names)  # still to be reviewed: not yet an answer
    return _answer(entry, names)


def _answer(entry: Entry, _names: Names) -> Event:
    form = _form(entry)
    resolution = RESOLUTIONS.get(str(form.get("resolution")), "")
    return Event(
        words.ANSWERED, entry.at, "chat-left-text-fill", "success", str(form.get("reply", "")),
        answer=True, resolution=resolution,
    )  # fmt: skip


def _finalise(entry: Entry, names: Names) -> Event:
    return replace(_answer(entry, names), title=words.FINAL_DECISION, final=True)


def _rate(entry: Entry, _names: Names) -> Event:
    given = str(_form(entry).get("satisfaction"))
    title = words.RATED.format(satisfaction=SATISFACTION.get(given, ""))
    return Event(title, entry.at, "star-fill", _mood(given), str(_form(entry).get("text", "")))


def _call_back(entry: Entry, _names: Names) -> Event:
    given = str(_form(entry).get("satisfaction"))
    title = words.CALLED_BACK.format(satisfaction=SATISFACTION.get(given, ""))
    return Event(title, entry.at, "telephone-inbound-fill", _mood(given))


def _mood(satisfaction: str) -> str:
    return "success" if satisfaction == "satisfied" else "warning"


def _own_words(title: str, name: str, icon: str) -> Callable[[Entry, Names], Event]:
    return lambda entry, _names: Event(title, entry.at, icon, text=str(_form(entry).get(name, "")))


def _plainly(title: str, icon: str, tone: str = "plain") -> Callable[[Entry, Names], Event]:
    return lambda entry, _names: Event(title, entry.at, icon, tone)


def _from_above(title: str, icon: str, tone: str = "plain", told: str = "") -> Callable[[Entry, Names], Event]:
    """What came by a message; its actor is the level above."""

    def tell(entry: Entry, _names: Names) -> Event:
        form = _form(entry)
        lines = [words.HELD_BY.format(holder=form["holder"])] if told == "text" and form.get("holder") else []
        lines += [str(form[told])] if form.get(told) else []
        return Event(title.format(above=entry.actor_name or ""), entry.at, icon, tone, "\n".join(lines))

    return tell


def _overdue(entry: Entry, names: Names) -> Event | None:
    what = names.clocks.get(str((entry.body or {}).get("clock")))
    if what is None:
        return None
    clause = "" if entry.clause in (None, "setting") else str(entry.clause)
    return Event(words.OVERDUE.format(what=what), entry.at, "exclamation-octagon-fill", "danger", clause=clause)


TELLERS: Final[dict[str, Callable[[Entry, Names], Event | None]]] = {
    "register": _register,
    "verify": _verify,
    "join": _join,
    "refuse": _refuse,
    "assign": _handed,
    "issue": _handed,
    "settle": _settle,
    "receive": _plainly(words.RECEIVED, "check-lg", "success"),
    "contact": _contact,
    "progress": _plainly(words.PROGRESSED, "arrow-repeat"),
    "reply_part": _plainly(words.PART_GIVEN, "people-fill"),
    "settle_plan": _settle_plan,
    "milestone": _plainly(words.STEP_DONE, "flag-fill", "success"),
    "reply": _reply,
    "answer": _answer,
    "finalise": _finalise,
    "rate": _rate,
    "default_rating": _plainly(words.DEFAULT_RATED, "star-half"),
    "call_back": _call_back,
    "supplement": _own_words(words.SUPPLEMENTED, "text", "paperclip"),
    "delivered_above": _from_above(words.DELIVERED_ABOVE, "check2-all"),
    "taken_above": _from_above(words.TAKEN_ABOVE, "building-check", "success", "text"),
    "progress_above": _from_above(words.PROGRESS_ABOVE, "arrow-repeat", told="text"),
    "returned_above": _from_above(words.RETURNED_ABOVE, "arrow-return-left", "warning"),
    "decided_above": _from_above(words.DECIDED_ABOVE, "chat-left-text", "success"),
    "withdraw": _own_words(words.WITHDRAWN, "reason", "arrow-counterclockwise"),
}
