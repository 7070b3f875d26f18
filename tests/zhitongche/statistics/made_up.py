"""Made-up journals: entries as the door writes them, without the cases behind them. For tests of what counting makes of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import Any
from uuid import UUID

from zhitongche import journal
from zhitongche.journal import SYSTEM, Entry
from zhitongche.kernel import clock
from zhitongche.kernel.ids import new_id
from zhitongche.statistics.fold import LEAVE_OUT

UNITS = tuple(str(UUID(int=number)) for number in (1, 2, 3))
WAY = ("propose", "decline", "propose", "fix", "contact", "reply", "rate", "send_back", "reply", "call_back", "urge", "send_up", "returned_above")
ENDS = {"refuse": "refused", "join": "joined", "withdraw": "withdrawn", "finalise": "resolved"}
PARTIES = ("lead", "proposed", "triage", "enterprise")


@dataclass
class Life:
    """A petition that lives by chance: whatever the seed says happens to it, its journal is one that could be."""

    chance: Random
    id: UUID = field(default_factory=new_id)
    lead: str | None = None
    clocks: list[str] = field(default_factory=list)
    outcome: str | None = None
    stage: str | None = None
    worked: int = 0

    def act(self) -> Entry:
        """Something happens."""
        if self.stage is None:
            return self._write("register", {"intake": {"source": self.chance.choice(("web", "window"))}}, "screening")
        if self.chance.random() < 0.2:
            return self.pass_by()
        if self.outcome is None and self.chance.random() < 0.15:
            verb = self.chance.choice(list(ENDS))
            self.outcome = ENDS[verb]
            return self._write(verb, {"form": {"refusal_ground": "a", "resolution": "resolved"}}, "closed")
        verb = self.chance.choice(WAY)
        self.lead = self.chance.choice((self.lead, *UNITS))
        form = {name: self.chance.choice(values) for name, values in _FORM.items()}
        return self._write(verb, {"form": form}, self.chance.choice((self.stage, "handling", "replied")))

    def pass_by(self) -> Entry:
        """The deadline sweep comes by."""
        missed = [{"id": one, "is": "missed", "late": True} for one in self.clocks if self.chance.random() < 0.5]
        return self._journal("overdue", {"state": {"clocks": missed}}, self.stage)

    def leave_out(self, unit: str, figure: str) -> Entry:
        """It was decided that it does not count against a unit."""
        return self._journal(LEAVE_OUT, {"unit": unit, "figure": figure}, self.stage)

    def _write(self, verb: str, body: dict[str, Any], to: str) -> Entry:
        self.worked += self.chance.randrange(2000)
        turn = self.lead if to != "screening" else None
        state = {
            "verb": verb, "lead": self.lead, "turn": turn, "owes": "lead" if turn else "triage", "outcome": self.outcome,
            "phase": self.chance.choice(("handling", "answered")), "worked": self.worked, "clocks": list(self._clocks()),
        }  # fmt: skip
        return self._journal(verb, {"form": {}, **body, "state": {name: value for name, value in state.items() if value is not None}}, to)

    def _clocks(self) -> list[dict[str, Any]]:
        told: list[dict[str, Any]] = []
        for one in list(self.clocks):
            became = self.chance.choice(("met", "lapsed", "moved", None))
            if became:
                unit = {"due": clock.now().isoformat(), "unit": self.lead} if became == "moved" else {}
                told.append({"id": one, "is": became, "late": self.chance.random() < 0.3, **unit})
            if became in ("met", "lapsed"):
                self.clocks.remove(one)
        if self.outcome is None:
            self.clocks.append(str(new_id()))
            told.append({
                "id": self.clocks[-1], "is": "started", "code": self.chance.choice(("receive", "reply")), "owes": self.chance.choice(PARTIES),
                "unit": self.lead, "due": clock.now().isoformat(), "by": [self.chance.choice(("receive", "reply", "call_back"))],
            })  # fmt: skip
        return told

    def _journal(self, action: str, body: dict[str, Any], to: str | None) -> Entry:
        was, self.stage = self.stage, to
        return journal.append(self.id, action=action, actor=SYSTEM, clause=None, from_stage=was, to_stage=to, body=body)


_FORM = {
    "verdict": ("agree", "disagree"), "satisfaction": ("satisfied", "unsatisfied"), "resolution": ("resolved", "partly", ""),
    "accept_ground": ("b", "c"),
}  # fmt: skip
