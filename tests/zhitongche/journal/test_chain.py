import hashlib
from datetime import UTC, datetime
from uuid import UUID

import pytest

from zhitongche.journal.chain import GENESIS, Header, canonical, header_bytes, link

HEADER = Header(
    tenant_id="alpha",
    petition_id=UUID(int=1),
    seq=2,
    id=UUID(int=3),
    at=datetime(2026, 3, 6, 2, 0, 0, 5, tzinfo=UTC),
    action="accept",
    actor_kind="official",
    actor_id=UUID(int=4),
    unit_id=None,
    on_behalf_of=None,
    clause="ST-3.1.1",
    from_stage="new",
    to_stage="accepted",
)
WRITTEN = (
    '{"action":"accept","actor_id":"00000000-0000-0000-0000-000000000004","actor_kind":"official",'
    '"at":"2026-03-06T02:00:00.000005+00:00","clause":"ST-3.1.1","from_stage":"new",'
    '"id":"00000000-0000-0000-0000-000000000003","on_behalf_of":null,'
    '"petition_id":"00000000-0000-0000-0000-000000000001","seq":2,"tenant_id":"alpha",'
    '"to_stage":"accepted","unit_id":null}'
)


def test_the_header_is_the_same_bytes_for_ever() -> None:
    # Written out by hand: chains of years ago must still verify, so this text may never change.
    assert header_bytes(HEADER) == WRITTEN.encode()


def test_the_hash_binds_what_came_before_the_header_and_the_body() -> None:
    expected = hashlib.sha256(GENESIS + WRITTEN.encode() + hashlib.sha256(b"body").digest()).digest()
    assert link(GENESIS, WRITTEN.encode(), b"body") == expected
    assert len({expected, link(b"1" * 32, WRITTEN.encode(), b"body"), link(GENESIS, b"", b"body")}) == 3


def test_the_same_content_is_the_same_bytes_whatever_its_order() -> None:
    assert (
        canonical({"乙": [1, None], "甲": {"b": True, "a": "值"}})
        == '{"乙":[1,null],"甲":{"a":"值","b":true}}'.encode()
    )
    assert canonical({"甲": {"a": "值", "b": True}, "乙": [1, None]}) == canonical(
        {"乙": [1, None], "甲": {"b": True, "a": "值"}}
    )


@pytest.mark.parametrize("value", [float("nan"), {1, 2}, b"bytes", datetime(2026, 3, 6)])  # noqa: DTZ001
def test_what_has_no_single_form_is_refused(value: object) -> None:
    with pytest.raises((TypeError, ValueError)):
        canonical({"value": value})
