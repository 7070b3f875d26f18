"""Which unit gets a petition, who helps, whom a unit proposes instead."""

from __future__ import annotations

from collections.abc import Collection
from random import Random
from typing import TYPE_CHECKING, Final

from zhitongche.simulation import officials
from zhitongche.simulation.problems import unit_kinds

if TYPE_CHECKING:
    from uuid import UUID

    from zhitongche.simulation.cast import Cast, Office
    from zhitongche.simulation.story import Scene, Story
    from zhitongche.tenancy.pack import Pack

MISTAKEN: Final = 0.12
"""How often triage names a unit that is not the fitting one."""


def matter_of(pack: Pack, topic: str) -> str:
    """The code of the pack's matter by that name; empty where the pack has none."""
    return next((matter.code for matter in pack.matters.values() if matter.name == topic), "")


def lead_for(rng: Random, pack: Pack, cast: Cast, story: Story, but: Collection[UUID] = ()) -> UUID:
    """The fitting unit, or another one by mistake; never one of `but` while there are others."""
    able = [office for office in cast.handlers() if office.id not in but] or cast.handlers()
    fitting = _fitting(pack, able, story)
    mistaken = not fitting or rng.random() < MISTAKEN
    chosen = rng.choice(able) if mistaken else fitting[0]
    story.lead_fits = chosen in fitting[:1]
    return chosen.id


def helpers_for(rng: Random, cast: Cast, story: Story, lead: UUID, chance: float) -> list[UUID]:
    """Now and then the enterprise's town, another unit of the topic, or both."""
    kinds = unit_kinds(story.text.matter)[1:]
    named = [o for o in cast.handlers() if any(kind in o.name for kind in kinds)]
    town = [o for o in cast.handlers() if o.short == story.client.enterprise.town]
    found = [o.id for o in (*town[:1], *named[:1]) if o.id != lead and rng.random() < chance]
    return list(dict.fromkeys(found))


def proposal_of(cast: Cast, scene: Scene) -> UUID:
    """Whom the objecting unit names instead: by what the problem is, else anyone but itself."""
    kind = officials.handling_of(scene.story.text)["kind"]
    own = scene.official.actor.unit_id if scene.official else None
    others = [office for office in cast.handlers() if office.id != own]
    wanted = scene.story.client.enterprise.town if kind in {"镇", "园区"} else kind
    named = [office for office in others if wanted in office.name]
    return (named or [scene.rng.choice(others)])[0].id


def _fitting(pack: Pack, able: list[Office], story: Story) -> list[Office]:
    matter = pack.matters.get(matter_of(pack, story.text.matter))
    usual = [office for office in able if matter and office.code == matter.usual]
    named = [o for kind in unit_kinds(story.text.matter) for o in able if kind in o.name]
    return usual or named
