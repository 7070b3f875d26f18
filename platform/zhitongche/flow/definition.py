"""What a pack's flow.yaml becomes: stages, actions and clocks, frozen."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zhitongche.kernel.limits import Limit


@dataclass(frozen=True, slots=True)
class Stage:
    """Where a case can stand (环节); `owes` is the party whose turn it is, None in a final stage."""

    code: str
    name: str
    public: str
    phase: str
    owes: str | None
    outcome: str | None = None

    @property
    def final(self) -> bool:
        """A stage with an outcome is the end of the road."""
        return self.outcome is not None


@dataclass(frozen=True, slots=True)
class Need:
    """A field that the actor fills in; `name` is from `vocabulary.NEEDS`, the label may be the pack's own."""

    name: str
    label: str
    required: bool = True
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """The next stage, taken when the guard holds (or always)."""

    stage: str
    when: str | None = None


@dataclass(frozen=True, slots=True)
class Tell:
    """Who is told after the action, with which of the pack's messages."""

    party: str
    message: str


@dataclass(frozen=True, slots=True)
class PaperMade:
    """A paper (公文) that the action entails, when the guard holds (or always)."""

    kind: str
    when: str | None = None


@dataclass(frozen=True, slots=True)
class Action:
    """What a party may do: the verb says how, the clause by what right; `through` where else than on the case."""

    code: str
    name: str
    verb: str
    sources: frozenset[str]
    targets: tuple[Target, ...]
    who: tuple[str, ...]
    needs: tuple[Need, ...]
    guards: tuple[str, ...]
    tells: tuple[Tell, ...]
    clause: str
    weight: str = "normal"
    papers: tuple[PaperMade, ...] = ()
    through: str | None = None


@dataclass(frozen=True, slots=True)
class ClockLimit:
    """How long: a fixed limit, by the kind of the owing unit, or `by` matter, plan or opinion."""

    default: Limit | None = None
    by_unit_kind: Mapping[str, Limit] = field(default_factory=dict)
    by: str | None = None


@dataclass(frozen=True, slots=True)
class ClockRule:
    """A limit (时限) of the mechanism: who owes what, from when, until when, by which clause."""

    code: str
    name: str
    owes: str
    limit: ClockLimit
    clause: str
    on: frozenset[str] = frozenset()
    entering: frozenset[str] = frozenset()
    met: frozenset[str] = frozenset()
    while_in: frozenset[str] = frozenset()
    when: str | None = None
    weekday: int | None = None
    at_due: str | None = None
    is_setting: bool = False


@dataclass(frozen=True)
class Flow:
    """One jurisdiction's mechanism; all cross references have been checked when it was loaded."""

    stages: Mapping[str, Stage]
    actions: Mapping[str, Action]
    clocks: Mapping[str, ClockRule]

    def by_verb(self, verb: str) -> Action:
        """The one action with this verb, that on the case itself first; KeyError where the flow has none."""
        found = [action for action in self.actions.values() if action.verb == verb]
        if not found:
            raise KeyError(verb)
        return min(found, key=lambda action: action.through is not None)

    @cached_property
    def verbs(self) -> frozenset[str]:
        """The verbs that the flow uses."""
        return frozenset(action.verb for action in self.actions.values())

    @cached_property
    def open_stages(self) -> frozenset[str]:
        """Codes of the stages in which somebody still owes something."""
        return frozenset(code for code, stage in self.stages.items() if not stage.final)
