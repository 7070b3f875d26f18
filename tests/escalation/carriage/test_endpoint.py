"""At the real address: nothing hostile comes in or breaks anything, each refusal is kept with its reason, what is honest is receipted."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from random import Random

import pytest
from flask import Flask
from sqlalchemy import func, select

from escalation.carriage import batch, trusted
from escalation.ledger.tables import BridgeHeld, BridgeIncoming
from escalation.protocol.reply import Reply
from escalation.wire import dsse, trust
from tests.escalation.wire import hostile, mutating, world
from tests.escalation.wire.hostile import Hostile
from tests.escalation.wire.world import Request, World
from tests.support.stage import Play
from zhitongche.kernel import clock as kernel_clock
from zhitongche.persistence import db, tenant_scope
from zhitongche.tenancy import current

PATH = "/bridge/v1/chaozhou/messages"
CODES = {"me": "chaozhou", "peer": "raoping", "town": "huanggang", "nearby": "xiangqiao", "far": "shantou"}


SENT = [kind for kind in hostile.MESSAGES if not kind.later and kind.name != "nothing at all"]
"""What arrives in a batch: an empty line is none, and the list's end has a test of its own."""
OPENED = [kind for kind in hostile.REQUESTS if kind.name != "another authority"]
"""A Host header decides nothing here: the receiver's address is what the list tells everybody."""


@dataclass
class Address:
    """The application behind its address, and the world that writes to it."""

    app: Flask
    world: World
    clock: kernel_clock.Simulated

    def post(self, request: Request) -> tuple[int, str, list[Reply]]:
        """Status, reason of a refused request, replies."""
        path = "/" + request.url.split("/", 3)[3]
        answer = self.app.test_client().open(path, method=request.method, headers=request.headers, data=request.body)
        replies = [] if answer.status_code != 200 else batch.read_replies(answer.data, answer.data.count(b"\n") + 1)
        return answer.status_code, answer.headers.get("x-bridge-reason", ""), replies

    def send(self, *envelopes: bytes) -> list[Reply]:
        """Honestly carried by the peer's deployment."""
        status, _, replies = self.post(self.world.request(batch.write(envelopes), now=kernel_clock.now()))
        assert status == 200
        return replies

    def count(self, table: type[BridgeHeld] | type[BridgeIncoming]) -> int:
        """Rows of the receiver's."""
        with tenant_scope("chaozhou"):
            return db.session.scalar(select(func.count()).select_from(table)) or 0


@pytest.fixture
def address(bridge_app: Flask, clock: kernel_clock.Simulated, monkeypatch: pytest.MonkeyPatch) -> Address:
    """The city's address, under a trust list whose anchor was handed over."""
    settings = replace(bridge_app.config["SETTINGS"], deployment="here")
    monkeypatch.setitem(bridge_app.config, "SETTINGS", settings)
    made = world.make(kernel_clock.now(), f"http://city.localhost:8100{PATH}", **CODES)
    trusted.take(made.list(), trust.fingerprint(made.anchor.public))
    with tenant_scope("chaozhou"):
        Play.open(current.registry()["chaozhou"])
    return Address(bridge_app, made, clock)


def test_an_honest_message_is_receipted_and_the_case_is_there(address: Address) -> None:
    replies = address.send(address.world.sent())
    assert [reply.kind for reply in replies] == ["receipt"]
    assert address.count(BridgeIncoming) == 1


def test_the_same_message_again_gets_the_same_receipt(address: Address) -> None:
    once, twice = (address.send(address.world.sent())[0] for _ in range(2))
    assert (once, once.kind) == (twice, "receipt")
    assert address.count(BridgeIncoming) == 1


def test_no_hostile_message_comes_in_and_each_is_kept_with_its_reason(address: Address) -> None:
    for kind in SENT:
        envelope = kind.build(address.world)
        if len(envelope) > dsse.MAX_ENVELOPE:
            # Turned away with the whole request, before any of it is looked at.
            status, reason, _ = address.post(address.world.request(batch.write([envelope])))
            assert (status, reason) in {(401, "oversize"), (413, "oversize")}
            continue
        reply = address.send(envelope)[0]
        assert (reply.kind, reply.body.decode()) == ("refused", kind.reason), kind.name
    assert address.count(BridgeIncoming) == 0
    with tenant_scope("chaozhou"):
        reasons = set(db.session.scalars(select(BridgeHeld.reason)))
    assert reasons >= {kind.reason for kind in SENT} - {"oversize"}


@pytest.mark.parametrize("kind", OPENED, ids=lambda kind: kind.name)
def test_no_hostile_request_is_opened(address: Address, kind: Hostile) -> None:
    request = kind.build(address.world)
    if kind.twice:
        address.post(request)
    address.clock.advance(kind.later)
    status, reason, replies = address.post(request)
    # Flask itself turns away what is no address of ours, or no such method there.
    assert status in (401, 404, 405, 413), kind.name
    assert status != 401 or reason == kind.reason, kind.name
    assert replies == []
    assert address.count(BridgeIncoming) == 0


def test_after_the_list_has_ended_nothing_comes_in(address: Address) -> None:
    address.clock.advance(trust.LIFE)
    status, reason, _ = address.post(address.world.request(batch.write([address.world.sent()]), now=kernel_clock.now()))
    assert (status, reason) == (401, "trust_expired")


def test_what_another_deployments_tenant_sends_is_not_taken_from_this_one(address: Address) -> None:
    request = address.world.request(batch.write([address.world.sent(signer="shantou", message=None)]))
    reply = address.post(request)[2][0]
    assert reply.kind == "refused"


def test_thousands_of_mutations_come_in_nowhere_and_break_nothing(address: Address) -> None:
    chance = Random(20260306)
    honest = address.world.sent()
    for _ in range(40):
        bent = [each for each in (mutating.mutated(honest, chance) for _ in range(batch.MOST)) if each]
        address.send(*bent)
    with tenant_scope("chaozhou"):
        # Spaces around what is truly signed, or another order of the envelope's keys, are the honest message still.
        assert set(db.session.scalars(select(BridgeIncoming.digest))) <= {hashlib.sha256(dsse.parse(honest).payload).digest()}


def test_mutated_requests_are_refused_or_carry_refused_messages_only(address: Address) -> None:
    chance = Random(20260307)
    honest = address.world.request(batch.write([address.world.sent()]))
    for _ in range(300):
        body = mutating.mutated(honest.body, chance)
        if body == honest.body:
            continue
        status, _, replies = address.post(replace(honest, body=body))
        assert status == 401
        assert replies == []
    assert address.count(BridgeIncoming) == 0


def test_an_oversized_batch_is_turned_away_unread(address: Address) -> None:
    status, reason, _ = address.post(address.world.request(b"A" * (batch.MAX_BYTES + 1)))
    assert (status, reason) == (413, "oversize")
