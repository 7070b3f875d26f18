"""A petition's journal as officials read it: who did what, by which clause, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from zhitongche import journal
from zhitongche.casework import words
from zhitongche.casework.choices import FIXED, verdicts
from zhitongche.casework.queries import names
from zhitongche.kernel import clock

if TYPE_CHECKING:
    from zhitongche.casework.tables import Petition
    from zhitongche.flow.definition import Action, Need
    from zhitongche.journal import Entry
    from zhitongche.tenancy.pack import Pack

UNIT_FIELDS: Final = frozenset({"lead", "co", "proposed", "should_be"})
SYSTEM_STEPS: Final = {"overdue": "超期未办", "recount": "期限重新核定", "disclose": "查阅申请", "export": "导出"}
TONES: Final = {"refuse": "danger", "overdue": "danger", "object": "warning", "decline": "warning", "send_back": "warning",
                "give_up": "warning", "urge": "warning", "reply": "success", "answer": "success", "finalise": "success",
                "join": "info", "recount": "info"}  # fmt: skip
ICONS: Final = {"register": "pencil-fill", "refuse": "x-lg", "overdue": "alarm-fill", "contact": "telephone-fill", "reply": "reply-fill",
                "answer": "reply-fill", "object": "arrow-left-right", "settle": "arrow-left-right", "assign": "send-fill",
                "propose": "send-fill", "issue": "file-earmark-text-fill", "receive": "check-lg", "confirm": "check-lg",
                "rate": "star-fill", "call_back": "telephone-inbound-fill", "join": "union", "urge": "bell-fill",
                "supplement": "paperclip", "verify": "building-check", "plan": "list-check"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Step:
    """One entry of the journal in words. `at` in UTC; `clause` empty for what is not the rules' own."""

    seq: int
    title: str
    at: datetime
    who: str = ""
    unit: str = ""
    on_behalf_of: str = ""
    text: str = ""
    clause: str = ""
    icon: str = "circle-fill"
    tone: str = "plain"
    files: tuple[Any, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class History:
    """All steps, newest first, and what is wrong with the chain (empty where it verifies)."""

    steps: list[Step]
    broken: str = ""


def history(petition: Petition, pack: Pack, enterprise: str) -> History:
    """Read and prove the petition's journal. A broken chain is told, not hidden (ST-3.7)."""
    try:
        journal.verify(petition.id)
        entries = journal.entries(petition.id)
    except journal.ChainBroken as error:
        return History([], str(error))
    teller = _Teller(pack, enterprise, entries)
    return History([teller.step(entry) for entry in reversed(entries)])


class _Teller:
    """Puts entries into words with names looked up once for all of them."""

    def __init__(self, pack: Pack, enterprise: str, entries: list[Entry]) -> None:
        self.pack, self.enterprise = pack, enterprise
        mentioned = {one for entry in entries for one in _unit_ids(entry)}
        self.units = names.of_units({entry.unit_id for entry in entries} | mentioned)
        self.absent = names.of_people({entry.on_behalf_of for entry in entries})

    def step(self, entry: Entry) -> Step:
        action = self.pack.flow.actions.get(entry.action)
        body = entry.body or {}
        verb = action.verb if action else entry.action
        clause = entry.clause or ""
        return Step(
            seq=entry.seq,
            title=action.name if action else self._system(entry),
            at=entry.at,
            who=entry.actor_name or "",
            unit=self.enterprise if entry.actor_kind == "enterprise" else self.units.get(entry.unit_id, "") if entry.unit_id else "",
            # The name already says whom somebody stood in for (identity.actors).
            on_behalf_of="" if "（代" in (entry.actor_name or "") else self.absent.get(entry.on_behalf_of, "") if entry.on_behalf_of else "",
            text="内容已按规定销毁，链条仍可核验。" if entry.erased else self._text(action, body),
            clause="" if clause == "setting" else clause,
            icon=ICONS.get(verb, "circle-fill"),
            tone=TONES.get(verb, "plain"),
        )

    def _system(self, entry: Entry) -> str:
        if entry.action in words.BESIDE:
            return words.BESIDE[entry.action]
        named = (entry.body or {}).get("name", "")
        return SYSTEM_STEPS.get(entry.action, entry.action) + (f"：{named}" if named else "")

    def _text(self, action: Action | None, body: Mapping[str, Any]) -> str:
        form = body.get("form") or {}
        lines = [self._line(action, need, form[need.name]) for need in action.needs if need.name in form] if action else []
        if intake := body.get("intake"):
            lines.append(f"来源：{words.SOURCES.get(intake['source'], intake['source'])}；诉求：{intake['title']}")
        if letter := body.get("letter"):
            lines.append(f"文号：{letter['number']}")
        if body.get("into"):
            lines.append(f"并入：{body['into']}")
        if body.get("document"):
            lines.append(f"材料：{body['document']}")
        if body.get("why"):
            lines.append(f"用途：{body['why']}")
        if body.get("reason"):
            lines.append(f"理由：{body['reason']}")
        if body.get("text"):
            lines.append(f"{body.get('name', '')}：{body['text']}")
        if body.get("before"):
            lines.append(f"由 {_moment(body['before'])} 改为 {_moment(body['after'])}")
        return "\n".join(line for line in lines if line)

    def _line(self, action: Action, need: Need, value: Any) -> str:
        if need.name in {"into", "milestone", "document"}:
            return ""
        if need.name == "verdict":
            return f"{need.label}：{verdicts(action.verb).get(value, value)}"
        return f"{need.label}：{self.shown(need.name, value)}"

    def shown(self, name: str, value: Any) -> str:
        """A journalled value as a person reads it."""
        if name == "milestones":
            return "；".join(f"{day} {text}" for text, day in value)
        if isinstance(value, list):
            return "、".join(self.shown(name, one) for one in value)
        if name in UNIT_FIELDS:
            return self.units.get(UUID(value), str(value))
        if name in {"happened", "until"}:
            return _moment(value)
        if isinstance(value, bool):
            return "是" if value else "否"
        return self._choices(name).get(value, str(value))

    def _choices(self, name: str) -> dict[str, str]:
        coded: dict[str, Mapping[str, Any]] = {
            "category": self.pack.categories, "matter": self.pack.matters,
            "accept_ground": self.pack.grounds_accept, "refusal_ground": self.pack.grounds_refuse,
        }  # fmt: skip
        return {code: one.name for code, one in coded.get(name, {}).items()} or dict(FIXED.get(name, ()))


def _unit_ids(entry: Entry) -> list[UUID]:
    form = (entry.body or {}).get("form") or {}
    found = [form[name] for name in UNIT_FIELDS if name in form]
    return [UUID(one) for value in found for one in (value if isinstance(value, list) else [value])]


def _moment(text: str) -> str:
    return f"{clock.local(datetime.fromisoformat(text)):%Y-%m-%d %H:%M}"
