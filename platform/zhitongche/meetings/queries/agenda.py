"""The agenda as people look at it: each petition with its verdict, the grounds, who overruled it and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from zhitongche.casework.queries import supervised
from zhitongche.kernel.errors import NotFound
from zhitongche.meetings import agenda, words
from zhitongche.meetings.permissions import READERS
from zhitongche.meetings.queries import grounds
from zhitongche.tenancy.meeting_vocabulary import BY_PERSON, CONDITIONS

if TYPE_CHECKING:
    from collections.abc import Collection

    from zhitongche.casework.queries.supervised import Supervised
    from zhitongche.flow.facts import Actor
    from zhitongche.meetings.queries.grounds import Ground
    from zhitongche.meetings.queries.lines import MeetingLine
    from zhitongche.meetings.tables import AgendaItem, AgendaVersion


@dataclass(frozen=True, slots=True)
class Line:
    """One petition on the agenda. `verdict` is what counts, `rules` what the rules alone say. Moments in UTC.

    `position` counts every petition that was judged, `turn` (from 1) those that are in, as they will be called.
    """

    petition: Supervised
    position: int
    turn: int | None
    verdict: str
    rules: str
    grounds: tuple[Ground, ...]
    marks: tuple[tuple[str, str, str], ...]
    overruled: bool
    reason: str
    by: str
    proposal: str
    enlisted_at: datetime | None
    taken: bool | None

    @property
    def verdict_name(self) -> str:
        """The verdict in Chinese."""
        return words.VERDICTS[self.verdict]

    @property
    def rules_name(self) -> str:
        """What the rules alone say."""
        return words.VERDICTS[self.rules]


@dataclass(frozen=True, slots=True)
class Version:
    """A version that was fixed; `numbers` are those of the petitions that were in, in their order, as far as the reader may know."""

    number: int
    at: datetime
    by: str
    reason: str
    numbers: tuple[str, ...]


def of(meeting_id: UUID, actor: Actor) -> list[Line]:
    """The items of a meeting in order; of petitions that the actor may not read there is nothing."""
    items = agenda.items(meeting_id)
    known = supervised.by_ids(actor, [item.petition_id for item in items])
    turn = {item.id: number for number, item in enumerate((one for one in items if one.final == "in"), start=1)}
    return [_line(item, known[item.petition_id], turn.get(item.id)) for item in items if item.petition_id in known]


def one(meeting_id: UUID, petition_id: UUID, actor: Actor) -> Line:
    """One item; raises NotFound."""
    found = next((line for line in of(meeting_id, actor) if line.petition.id == petition_id), None)
    if found is None:
        raise NotFound
    return found


def versions(meeting_id: UUID, actor: Actor) -> list[Version]:
    """Every version that was fixed, the newest first; of petitions that the actor may not read there is nothing (ST-5.1)."""
    rows = agenda.versions_of(meeting_id)
    known = supervised.by_ids(actor, {UUID(one["petition"]) for row in rows for one in row.items})
    # The reason of a version tells of one of its petitions, whichever that is.
    whole = bool(actor.roles & READERS)
    return [_version(row, known, row.reason if whole else "") for row in reversed(rows)]


def may_decide(meeting: MeetingLine, actor: Actor) -> bool:
    """Whether the actor is one of those who decide on single items, and still can."""
    return not meeting.held and bool(actor.roles & set(deciders(meeting)))


def deciders(meeting: MeetingLine) -> list[str]:
    """The roles that decide on single items."""
    return agenda.deciders(meeting.kind)


def to_vouch_for(meeting: MeetingLine) -> list[tuple[str, str]]:
    """The conditions of the kind's rules that no record tells, as (code, name)."""
    rules = (*meeting.kind.agenda_in, *meeting.kind.agenda_out)
    return [(rule.condition, CONDITIONS[rule.condition]) for rule in rules if rule.condition in BY_PERSON]


def _line(item: AgendaItem, petition: Supervised, turn: int | None) -> Line:
    return Line(
        petition=petition, position=item.position, turn=turn, verdict=item.final, rules=item.verdict,
        grounds=grounds.told(item.grounds, petition.pack_version), marks=tuple(_mark(one) for one in item.marks),
        overruled=item.overruled_to is not None, reason=item.reason, by=item.by_name, proposal=item.proposal,
        enlisted_at=item.enlisted_at, taken=item.taken,
    )  # fmt: skip


def _mark(raw: dict[str, Any]) -> tuple[str, str, str]:
    return CONDITIONS.get(raw["condition"], raw["condition"]), raw["reason"], raw["by"]


def _version(row: AgendaVersion, known: Collection[UUID], reason: str) -> Version:
    numbers = tuple(one["number"] for one in row.items if one["verdict"] == "in" and UUID(one["petition"]) in known)
    return Version(row.number, row.at, row.by_name, reason, numbers)
