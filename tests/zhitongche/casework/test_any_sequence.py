"""No sequence of actions, by any roles, reaches a state from which nobody owes anything or breaks an invariant."""

from datetime import timedelta
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support import rising
from tests.support.forms import fill
from tests.support.stage import CREDIT_CODES, Play
from zhitongche import journal
from zhitongche.casework import access, replay, reporting
from zhitongche.casework.fields import fields_of
from zhitongche.flow.decide import available
from zhitongche.flow.facts import SYSTEM, Actor
from zhitongche.identity import units
from zhitongche.kernel import clock as kernel_clock
from zhitongche.kernel.errors import Refused, ZhitongcheError
from zhitongche.persistence import unit_of_work

WALKS = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))


def everyone(play: Play) -> list[Actor]:
    """The roles, the units now concerned, the enterprise, a stranger, the system."""
    petition = play.petition
    concerned = {u for u in (petition.lead_unit_id, petition.proposed_unit_id, *play.facts.co) if u}
    codes = [units.by_id(u).code for u in concerned]
    return [*(play.people[r] for r in ("triage", "leader", "supervision", "reviewer", "hotline", "enterprise", "stranger")),
            *(play.handler(c) for c in codes), SYSTEM]  # fmt: skip


def walk(play: Play, clock: kernel_clock.Simulated, seed: int, steps: int) -> list[str]:
    """Random people do random things, allowed and forbidden, in random time; after each, all invariants hold."""
    rng = Random(seed)
    mismatched = "identity_review" in play.pack.flow.stages and rng.random() < 0.3
    play.hand_in(category=rng.choice(list(play.pack.categories)), mismatched=mismatched)
    return wander(play, clock, rng, steps)


def wander(play: Play, clock: kernel_clock.Simulated, rng: Random, steps: int) -> list[str]:
    """On from where the case stands."""
    done: list[str] = []
    for _ in range(steps):
        clock.advance(timedelta(hours=rng.choice((0, 1, 5, 24, 72))))
        play.sweep()
        actor = rng.choice(everyone(play))
        actions = list(play.pack.flow.actions.values())
        stage = play.petition.stage
        allowed = available(play.pack.flow, play.facts, actor) + [a for a in actions if a.through and stage in a.sources]
        action = rng.choice(allowed if allowed and rng.random() < 0.9 else actions)
        if action.verb in {"register", "join", "withdraw"} and rng.random() < 0.95:
            continue
        form = fill(fields_of(action, play.pack, play.petition), rng, sloppy=0.03)
        try:
            play.act(action.code, actor, **form)
            done.append(action.code)
        except ZhitongcheError:
            play.petition  # noqa: B018 - the refused attempt must have changed nothing
        assert replay.broken(play.id) == [], done
        if play.petition.outcome:
            break
    return done


@given(seed=st.integers(0, 2**32))
@WALKS
def test_whatever_people_do_in_raoping_somebody_owes_until_it_is_closed(raoping: Play, clock: kernel_clock.Simulated, seed: int) -> None:
    with_stranger(raoping)
    walk(raoping, clock, seed, 25)


@given(seed=st.integers(0, 2**32))
@WALKS
def test_whatever_people_do_in_shantou_somebody_owes_until_it_is_closed(shantou: Play, clock: kernel_clock.Simulated, seed: int) -> None:
    with_stranger(shantou)
    walk(shantou, clock, seed, 30)


@pytest.mark.clause("RP-2.3.f")
@given(seed=st.integers(0, 2**32))
@WALKS
def test_whatever_comes_from_above_or_is_done_below_somebody_owes_until_it_is_closed(
    raoping: Play, clock: kernel_clock.Simulated, seed: int
) -> None:
    with_stranger(raoping)
    with reporting.heard_by(rising.nobody_in_particular):
        rising.risen(raoping)
        wander(raoping, clock, Random(seed), 25)


@pytest.mark.clause("ST-1.3")
@pytest.mark.parametrize("city", ["chaozhou", "shantou"])
@given(seed=st.integers(0, 2**32))
@WALKS
def test_whatever_happens_to_a_report_somebody_owes_until_it_is_closed_and_the_enterprise_does_nothing(
    request: pytest.FixtureRequest, clock: kernel_clock.Simulated, city: str, seed: int
) -> None:
    play: Play = request.getfixturevalue(city)
    with_stranger(play)
    rising.arrived(play)
    wander(play, clock, Random(seed), 25)
    assert not {entry.action for entry in journal.entries(play.id) if entry.actor_kind == "enterprise"}


@pytest.mark.clause("ST-5.1")
def test_a_stranger_finds_no_action_and_reads_nothing(raoping: Play) -> None:
    with_stranger(raoping)
    raoping.hand_in()
    stranger = raoping.people["stranger"]
    assert not access.may_read(stranger, raoping.petition)
    for action in raoping.pack.flow.actions:
        with pytest.raises(ZhitongcheError) as refused:
            raoping.act(action, stranger)
        assert not isinstance(refused.value, Refused)


def with_stranger(play: Play) -> None:
    """Another enterprise of the same tenant."""
    if "stranger" not in play.people:
        with unit_of_work():
            play.people["stranger"] = play.enterprise_person(CREDIT_CODES[1], "乙公司", "13800005678")
