"""A comparison of streams that went through many epochs: every message of it is one that wire takes."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from uuid import UUID

import pytest

from escalation.protocol.books import Draft, Signed
from escalation.protocol.rows import Run, Stream
from escalation.simulation.signing import HashPen
from escalation.wire import event, schemas
from escalation.wire.event import Event
from tests.escalation.protocol.sides import Side

EPOCHS = [1_772_000_000_000 + number for number in range(12)]
STREAMS = 300
"""With all their runs some 450 KiB, where a message holds 256."""


def _stream(number: int) -> Stream:
    subject = UUID(bytes=b"\x05" + sha256(b"%d" % number).digest()[:15])
    runs = (Run(epoch, since, since, sha256(b"%d" % epoch).digest()) for since, epoch in enumerate(EPOCHS, 1))
    return Stream("", subject, "out", tuple(runs), last=len(EPOCHS), placed=len(EPOCHS), applied=len(EPOCHS))


def _know(side: Side, streams: list[Stream]) -> None:
    with side.act() as books:
        for one in streams:
            books.stream(one.peer, one.subject, one.direction)
            books.keep(one)


@pytest.fixture
def sizes(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """What is signed must pass wire's own checks; the sizes of the payloads."""
    found: list[int] = []
    sign = HashPen.sign

    def checked(pen: HashPen, draft: Draft) -> Signed:
        signed = sign(pen, draft)
        written = event.write(Event(
            signed.id, f"urn:zhitongche:here:{pen.code}", draft.to, draft.type, draft.subject, draft.sequence, draft.since,
            draft.epoch, draft.time, draft.data,
        ))  # fmt: skip
        schemas.check(draft.type, event.read(written).data)
        found.append(len(written))
        return signed

    monkeypatch.setattr(HashPen, "sign", checked)
    return found


def test_a_page_is_cut_where_the_message_would_be_too_large_and_the_comparison_still_sees_every_stream(
    below: Side, above: Side, sizes: list[int]
) -> None:
    known = sorted(map(_stream, range(STREAMS)), key=lambda one: one.subject)
    _know(above, [replace(one, peer=below.code, direction="in") for one in known])
    # What differs stands on the last page: one is shorter here, the other is not known here at all.
    short = replace(known[-2], runs=known[-2].runs[:-1])
    _know(below, [replace(one, peer=above.code) for one in (*known[:-2], short)])

    assert below.compare(above) == 2
    assert max(sizes) > 200_000
