"""How petitions come in: typed by an enterprise as a draft, or taken down by an officer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING, Any, Final

from zhitongche.casework import drafts
from zhitongche.casework.intake import accepted_sources, clean_intake
from zhitongche.casework.register import register
from zhitongche.identity import enterprises
from zhitongche.kernel import clock
from zhitongche.kernel.ids import new_id
from zhitongche.persistence import unit_of_work
from zhitongche.simulation import assigning, officials
from zhitongche.simulation.grammar import Speech, load

if TYPE_CHECKING:
    from zhitongche.casework.tables import Petition
    from zhitongche.simulation.cast import Cast, Official
    from zhitongche.simulation.story import Script
    from zhitongche.simulation.texts import PetitionText
    from zhitongche.tenancy.pack import Pack

ENTERED_BY: Final = {"window": "window", "hotline": "hotline", "visit": "triage"}
"""Source → the role of the officer who enters it."""
_MISFILED: Final = 0.07


def sources(pack: Pack, cast: Cast, shares: Mapping[str, float]) -> dict[str, float]:
    """The ways in that the pack has and somebody serves, with their shares."""
    served = {
        source
        for official in (one for role in set(ENTERED_BY.values()) for one in cast.by_role.get(role, []))
        for source, _ in accepted_sources(pack, official.actor.roles)
    }
    web = {"web"} if "enterprise" in pack.flow.by_verb("register").who else set()
    return {source: share for source, share in shares.items() if source in served | web}


def hand_in(
    pack: Pack, cast: Cast, script: Script, text: PetitionText, rng: Random, then: Callable[[Petition], None]
) -> None:
    """Hand the petition in the script's way; each act is a unit of work. `then` sees it before it is committed."""
    form = _form(pack, script, text, rng)
    if script.source == "web":
        _typed(script, form, then)
        return
    officer = cast.by_role[ENTERED_BY[script.source]][0]
    form |= _facts(script.source, text, officer, rng)
    with unit_of_work():
        enterprise = enterprises.record(script.client.form())
        intake = clean_intake(pack, form, enterprise_id=enterprise.id, source=script.source)
        then(register(intake, officer.actor))


def _typed(script: Script, form: Mapping[str, Any], then: Callable[[Petition], None]) -> None:
    draft_id = new_id()
    with unit_of_work():
        actor = script.client.enrol()
    with unit_of_work():
        drafts.save(draft_id, actor, form)
    with unit_of_work():
        then(drafts.send(draft_id, actor))


def _form(pack: Pack, script: Script, text: PetitionText, rng: Random) -> dict[str, Any]:
    codes = list(pack.categories)
    right = text.category if text.category in codes else codes[0]
    return {
        "title": text.title,
        "content": text.content,
        "wish": text.wish,
        "category": rng.choice(codes) if rng.random() < _MISFILED else right,
        "matter": assigning.matter_of(pack, text.matter),
        "contact_name": script.client.person.name,
        "contact_mobile": script.client.person.mobile,
    }


def _facts(source: str, text: PetitionText, officer: Official, rng: Random) -> dict[str, Any]:
    now, speech = clock.now(), Speech(rng, {})
    if source == "hotline":
        return {
            "order_number": f"{clock.local(now):%y%m%d}{rng.randrange(10**6):06d}",
            "first_received": (now - timedelta(days=rng.uniform(2, 20))).isoformat(),
            "handled_by": speech.pick(load("desk")["handled_by"]),
        }
    if source == "visit":
        day = clock.today() - timedelta(days=3)
        return {
            "visited_at": (now - timedelta(hours=rng.uniform(2, 30))).isoformat(),
            "visited_by": speech.pick(load("desk")["visited_by"]),
            "visit_note": officials.visit_note(rng, text, officer.unit, day),
        }
    return {"window_note": speech.pick(load("desk")["window_note"])}
