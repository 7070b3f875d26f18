"""Whatever is done to the bytes: nothing comes in that nobody signed, and nothing but Rejected is ever raised."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import jsonschema
import pytest

from escalation.wire import dsse, event, hop, schemas
from escalation.wire.event import Event
from escalation.wire.reasons import Rejected
from escalation.wire.schemas import SCHEMAS
from tests.escalation.wire import gates, hostile, making, mutating, world
from tests.escalation.wire.hostile import Hostile
from tests.escalation.wire.world import Request, World

WORLD = world.make()
EACH = 30
"""Mutations of each hostile kind: with the honest ones, some nine thousand in all."""


def attempt(gate: Any, thing: Any) -> Any:
    """What the gate let in, or None."""
    try:
        return gates.pass_through(gate, thing, WORLD, WORLD.now)
    except Rejected:
        return None


@pytest.mark.parametrize("kind", hostile.MESSAGES, ids=lambda kind: kind.name)
def test_mutated_hostile_messages_bring_in_nothing_that_was_not_said(kind: Hostile) -> None:
    chance, honest = random.Random(kind.name), dsse.parse(WORLD.sent()).payload
    envelope = kind.build(WORLD)
    if len(envelope) > 20_000:
        return  # its size is what is hostile; the same mutations are done to the small ones
    for _ in range(EACH):
        mutated = mutating.mutated(envelope, chance)
        assert attempt("message", mutated) is None or dsse.parse(mutated).payload == honest or kind.later


@pytest.mark.parametrize("kind", sorted(SCHEMAS))
def test_a_mutated_envelope_says_what_was_signed_or_comes_not_in(kind: str) -> None:
    chance, envelope = random.Random(kind), WORLD.sent(WORLD.message(kind))
    for _ in range(180):
        mutated = mutating.mutated(envelope, chance)
        assert attempt("message", mutated) is None or dsse.parse(mutated).payload == dsse.parse(envelope).payload


@pytest.mark.parametrize("kind", sorted(SCHEMAS))
def test_what_a_member_signs_comes_in_only_in_the_published_form(kind: str) -> None:
    chance, payload = random.Random(kind), event.write(WORLD.message(kind))
    published = jsonschema.Draft202012Validator(schemas.published()[kind])
    for _ in range(180):
        mutated = mutating.mutated(payload, chance) if chance.random() < 0.5 else with_data_mutated(payload, chance)
        admitted = attempt("message", making.resigned(mutated, WORLD.peer))
        if admitted is not None:
            said: Event = admitted.event
            assert event.read(event.write(said)) == said
            assert (said.to, said.sender, said.deployment) == (WORLD.me, WORLD.peer, "there")
            published.validate(dict(said.data))


def with_data_mutated(payload: bytes, chance: random.Random) -> bytes:
    """The attributes as they were, so that it is the schema that must refuse."""
    whole = json.loads(payload)
    whole["data"] = mutating.tree(whole["data"], chance)
    return json.dumps(whole, ensure_ascii=False).encode(errors="surrogatepass")


@pytest.mark.parametrize("kind", ["receipt", "list"])
def test_a_mutated_receipt_or_list_is_the_same_or_comes_not_in(kind: str) -> None:
    chance, honest = random.Random(kind), WORLD.receipt() if kind == "receipt" else WORLD.list()
    for _ in range(400):
        mutated = mutating.mutated(honest, chance)
        assert attempt(kind, mutated) is None or dsse.parse(mutated, 10**7).payload == dsse.parse(honest, 10**7).payload


def test_a_truly_signed_list_of_any_form_is_whole_or_refused() -> None:
    chance, payload = random.Random("lists"), dsse.parse(WORLD.list(), 10**7).payload
    for _ in range(400):
        mutated = dsse.sign(mutating.mutated(payload, chance), WORLD.anchor, dsse.TRUST_TYPE)
        found = attempt("list", mutated)
        assert found is None or all(one.parent in found.tenants for one in found.tenants.values() if one.parent)


@pytest.mark.parametrize("kind", [None, *hostile.REQUESTS], ids=lambda kind: kind.name if kind else "honest")
def test_a_mutated_request_is_the_same_or_is_refused(kind: Hostile | None) -> None:
    honest = WORLD.request()
    base, chance = kind.build(WORLD) if kind else honest, random.Random(kind.name if kind else "honest")
    for _ in range(EACH if kind else 600):
        mutated = request_mutated(base, chance)
        if attempt("hop", mutated) is not None and kind is None:
            assert covered(mutated) == covered(honest)


def request_mutated(request: Request, chance: random.Random) -> Request:
    """One part of a request mutated."""
    part = chance.choice(["method", "url", "body", *request.headers])
    if part == "body":
        return replace(request, body=mutating.mutated(request.body, chance))
    if part in request.headers:
        changed = mutating.mutated(request.headers[part].encode(), chance).decode("latin-1")
        return replace(request, headers={**request.headers, part: changed})
    return replace(request, **{part: mutating.mutated(getattr(request, part).encode(), chance).decode("latin-1")})


def covered(request: Request) -> tuple[Any, ...]:
    """What the signature is about."""
    return request.body, hop._values(request.method, request.url, hop._lower(request.headers))


def test_mutations_repeat_by_their_seed() -> None:
    twice: list[Callable[[], bytes]] = [lambda: mutating.mutated(WORLD.sent(), random.Random(7))] * 2
    assert len({one() for one in twice}) == 1


def test_the_tree_is_mutated_too() -> None:
    payload, chance = event.write(WORLD.message()), random.Random(1)
    trees = [mutating.tree(json.loads(payload), chance) for _ in range(20)]
    assert len({json.dumps(tree) for tree in trees}) > 10
    assert isinstance(WORLD, World)
