"""A request between deployments, besides what the hostile corpus shows of it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from escalation.wire import hop
from escalation.wire.reasons import Rejected
from tests.escalation.wire import world

WORLD = world.make()


def verify(request: world.Request, later: timedelta = timedelta(), fresh: object = lambda *_: True) -> hop.Hop:
    """The hop's own verdict."""
    return hop.verify(request.method, request.url, request.headers, request.body, WORLD.trust, WORLD.now + later, fresh)  # type: ignore[arg-type]


def test_it_says_which_deployment_sent_it_and_until_when_its_nonce_must_be_kept() -> None:
    found = verify(WORLD.request())
    assert (found.deployment, found.keyid) == ("there", world.key("there").keyid)
    assert found.expires == WORLD.now + hop.LIFE


@pytest.mark.parametrize("seconds", [-60, 0, 299])
def test_it_holds_for_five_minutes_and_a_clock_that_is_a_minute_ahead(seconds: int) -> None:
    assert verify(WORLD.request(), timedelta(seconds=seconds))


def test_the_algorithm_is_never_named() -> None:
    assert "alg" not in WORLD.request().headers["signature-input"]


def test_names_of_headers_may_be_written_in_any_case() -> None:
    request = WORLD.request()
    assert verify(replace(request, headers={name.title(): value for name, value in request.headers.items()}))


def test_no_two_requests_share_a_nonce() -> None:
    assert verify(WORLD.request()).nonce != verify(WORLD.request()).nonce


def test_only_who_has_a_key_can_fill_the_memory_of_nonces() -> None:
    asked: list[str] = []
    request = replace(WORLD.request(), body=b"{}")
    with pytest.raises(Rejected):
        verify(request, fresh=lambda keyid, *_: asked.append(keyid))
    assert asked == []


def test_an_address_with_a_query_is_not_signed() -> None:
    with pytest.raises(Rejected):
        WORLD.request(url=f"{WORLD.url}?a=b")
