"""A petition as those know it who act in it: what lies behind the rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from random import Random
from typing import TYPE_CHECKING
from uuid import UUID

from zhitongche.casework.case import facts_now
from zhitongche.kernel import clock
from zhitongche.simulation.cast import Official
from zhitongche.simulation.clients import Client
from zhitongche.simulation.texts import PetitionText

if TYPE_CHECKING:
    from zhitongche.casework.tables import Petition
    from zhitongche.flow.facts import Actor, Facts


@dataclass(frozen=True)
class Script:
    """That a petition will be handed in: when (UTC), by whom, which way; a second one names the first.

    A `hard` one is beyond its unit: it takes a meeting to get it solved.
    """

    moment: datetime
    client: Client
    category: str
    source: str
    ground: int | None
    first: Script | None = None
    seed: str = ""
    hard: bool = False


@dataclass
class Story:
    """A petition on its way. `rng` is its own, so that one story's chances do not move another's."""

    id: UUID
    text: PetitionText
    client: Client
    script: Script
    rng: Random
    received: datetime
    repeats: Story | None = None
    stage: str = ""
    open: bool = True
    lead: UUID | None = None
    lead_fits: bool = True
    turned_away: list[UUID] = field(default_factory=list)
    should_be: UUID | None = None
    answer: str = ""
    resolution: str = ""
    satisfaction: str = ""
    sent_back: int = 0
    running: set[UUID] = field(default_factory=set)
    planned: set[UUID] = field(default_factory=set)
    had_whims: set[str] = field(default_factory=set)

    @property
    def answered_badly(self) -> bool:
        """Whether the enterprise has reason to be dissatisfied."""
        return self.resolution in {"partly", "unresolved"}

    def running_still(self, clock_id: UUID) -> bool:
        """Whether that limit is still to be met."""
        return clock_id in self.running


@dataclass(frozen=True)
class Scene:
    """One deed: in which story, by whom, on which row; `ref` is what a limit refers to (a milestone)."""

    story: Story
    petition: Petition
    actor: Actor
    official: Official | None
    ref: UUID | None = None
    verb: str = ""

    @cached_property
    def facts(self) -> Facts:
        """What the flow knows now; read only where somebody asks, since it costs ten queries."""
        return facts_now(self.petition)

    @property
    def rng(self) -> Random:
        """The story's chance."""
        return self.story.rng

    @property
    def unit(self) -> str:
        """The actor's unit as it writes itself."""
        return self.official.unit if self.official else ""

    @property
    def today(self) -> datetime:
        """Now, in China."""
        return clock.local(clock.now())
