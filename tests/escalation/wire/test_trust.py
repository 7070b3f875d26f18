"""The trust list: what it says, who may send what to whom, and that it only ever goes forward."""

from dataclasses import replace
from datetime import timedelta

import pytest

from escalation.wire import admitting, keys, kinds, rights, trust
from escalation.wire.reasons import Rejected
from tests.escalation.wire import world

WORLD = world.make()
LIST = WORLD.trust


def reason_of(call: object, *given: object) -> str:
    """Why it was refused."""
    with pytest.raises(Rejected) as refused:
        call(*given)  # type: ignore[operator]
    return refused.value.reason


def test_a_signed_list_is_read_as_it_was_written() -> None:
    assert trust.verify(WORLD.list(), keys.fingerprint(WORLD.anchor.public)) == LIST


def test_the_fingerprint_is_read_aloud_in_groups_and_typed_as_one_likes() -> None:
    printed = keys.fingerprint(WORLD.anchor.public)
    assert [len(group) for group in printed.split()] == [4] * 8
    assert trust.verify(WORLD.list(), printed.upper().replace(" ", "-")) == LIST


def test_a_list_that_nobody_would_take_is_not_signed() -> None:
    assert reason_of(trust.sign, replace(LIST, expires_at=LIST.issued_at + timedelta(days=2)), WORLD.anchor) == "trust_form"


def test_only_a_newer_list_takes_the_place_of_the_one_in_force() -> None:
    assert trust.supersedes(LIST, None)
    assert trust.supersedes(replace(LIST, serial=8), LIST)
    assert not trust.supersedes(trust.verify(WORLD.list(), keys.fingerprint(WORLD.anchor.public)), LIST)


def test_an_older_list_would_bring_revoked_keys_back_and_is_refused() -> None:
    assert reason_of(trust.supersedes, replace(LIST, serial=6), LIST) == "trust_older"


def test_two_lists_of_one_serial_are_a_fork() -> None:
    assert reason_of(trust.supersedes, replace(LIST, tenants={}), LIST) == "trust_fork"


def test_a_list_holds_up_to_its_end_and_not_a_moment_longer() -> None:
    LIST.require_current(LIST.expires_at - timedelta(microseconds=1))
    assert reason_of(LIST.require_current, LIST.expires_at) == "trust_expired"


@pytest.mark.parametrize(("begins", "ends", "revoked", "reason"), [
    (0, 1, None, None), (1, 2, None, "key_not_yet"), (-1, 0, None, "key_retired"), (-1, 1, 0, "key_revoked"), (-1, 1, 1, None), (-2, -1, -1, "key_revoked"),
])  # fmt: skip
def test_a_key_holds_from_its_beginning_to_before_its_end(begins: int, ends: int, revoked: int | None, reason: str | None) -> None:
    hour = timedelta(hours=1)
    key = world.listed("a", WORLD.now, begins=begins * hour, ends=ends * hour, revoked=None if revoked is None else revoked * hour)
    if reason is None:
        key.require_usable(WORLD.now)
    else:
        assert reason_of(key.require_usable, WORLD.now) == reason


def test_old_and_new_key_hold_together_while_they_overlap() -> None:
    tenant = LIST.tenants["county"]
    both = (*tenant.keys, world.listed("next", WORLD.now, begins=timedelta(0)))
    listed = replace(LIST, tenants={**LIST.tenants, "county": replace(tenant, keys=both)})
    for signer in ("county", "next"):
        assert admitting.admit(WORLD.sent(signer=signer), listed, "city", WORLD.now).keyid == world.key(signer).keyid


def test_a_key_of_an_algorithm_that_we_cannot_do_yet_spoils_no_list() -> None:
    newer = trust.Key(keys.PublicKey("sm2", b"\x04" * 65), WORLD.now, WORLD.now + world.DAY)
    far = replace(LIST.tenants["far"], keys=(newer, *LIST.tenants["far"].keys))
    signed = WORLD.list(tenants={**LIST.tenants, "far": far})
    listed = trust.verify(signed, keys.fingerprint(WORLD.anchor.public))
    assert admitting.admit(WORLD.sent(), listed, "city", WORLD.now)
    assert reason_of(listed.tenant_key(newer.keyid)[1].public.verify, b"", b"") == "algorithm_unknown"


def test_the_log_tells_which_key_is_missing_and_never_what_else_stood_there() -> None:
    nobody = world.key("nobody").keyid
    for keyid, told in ((nobody, nobody), ("13800001234", "")):
        with pytest.raises(Rejected) as refused:
            LIST.tenant_key(keyid)
        assert refused.value.detail == told


def test_the_same_message_under_a_newer_key_is_the_same_message() -> None:
    from escalation.wire import issuing

    again = issuing.again(WORLD.sent(signer="retired"), world.key("county"))
    found = admitting.admit(again, LIST, "city", WORLD.now)
    assert found.digest == admitting.admit(WORLD.sent(), LIST, "city", WORLD.now).digest


@pytest.mark.parametrize("kind", sorted(kinds.UP))
def test_cases_go_up_and_only_up(kind: str) -> None:
    rights.require(LIST, "county", "city", kind)
    assert reason_of(rights.require, LIST, "city", "county", kind) == "direction"


@pytest.mark.parametrize("kind", sorted(kinds.DOWN))
def test_answers_come_down_and_only_down(kind: str) -> None:
    rights.require(LIST, "city", "county", kind)
    assert reason_of(rights.require, LIST, "county", "city", kind) == "direction"


@pytest.mark.parametrize("kind", sorted(kinds.CONTROL))
def test_neighbours_always_hear_each_others_control_messages(kind: str) -> None:
    for sender, receiver in (("county", "city"), ("city", "nearby"), ("nearby", "city"), ("town", "county")):
        rights.require(LIST, sender, receiver, kind)
    assert reason_of(rights.require, LIST, "town", "city", kind) == "not_neighbour"


def test_a_sibling_keeps_seals_and_nothing_else() -> None:
    rights.require(LIST, "county", "nearby", kinds.SEAL)
    assert reason_of(rights.require, LIST, "county", "nearby", kinds.RECEIPT) == "not_neighbour"
    assert reason_of(rights.require, LIST, "city", "far", kinds.SEAL) == "not_neighbour"


def test_figures_go_to_everyone_above_and_nowhere_else() -> None:
    for sender, receiver in (("town", "county"), ("town", "city"), ("county", "city")):
        rights.require(LIST, sender, receiver, kinds.FIGURES)
    assert reason_of(rights.require, LIST, "city", "town", kinds.FIGURES) == "not_neighbour"
    assert reason_of(rights.require, LIST, "county", "far", kinds.FIGURES) == "not_neighbour"
    assert reason_of(rights.require, LIST, "nearby", "city", kinds.FIGURES) == "type_not_allowed"


def test_who_is_not_listed_receives_nothing() -> None:
    assert reason_of(rights.require, LIST, "county", "unknown", kinds.ESCALATE) == "receiver_unknown"
    assert reason_of(LIST.urn, "unknown") == "receiver_unknown"


def test_every_type_goes_one_way_or_is_control() -> None:
    assert set(kinds.TYPES) == kinds.UP | kinds.DOWN | kinds.CONTROL
    assert not (kinds.UP & kinds.DOWN | kinds.UP & kinds.CONTROL | kinds.DOWN & kinds.CONTROL)
