"""What this version writes and signs, the one before and the one after can read: the bytes are kept here.

`python -m tests.escalation.wire.test_versions` writes them anew, which is right only before a first release.
"""

import json
from pathlib import Path

import pytest

from escalation.wire import admitting, dsse, keys, kinds, trust
from tests.escalation.wire import world

KEPT = Path(__file__).with_name("kept_messages.json")
WORLD = world.make()
BELOW = world.World(**{**vars(WORLD), "me": WORLD.peer, "peer": WORLD.me})


def _written() -> dict[str, str]:
    up = {kind: WORLD.sent(WORLD.message(kind)) for kind in sorted(kinds.UP | kinds.CONTROL)}
    down = {kind: BELOW.sent(BELOW.message(kind)) for kind in sorted(kinds.DOWN)}
    return {name: raw.decode() for name, raw in {**up, **down, "trust": WORLD.list()}.items()}


def _kept() -> dict[str, str]:
    return json.loads(KEPT.read_text())  # type: ignore[no-any-return]


@pytest.mark.parametrize("kind", sorted(kinds.TYPES))
def test_a_message_of_the_version_before_is_admitted(kind: str) -> None:
    here = BELOW if kind in kinds.DOWN else WORLD
    admitted = admitting.admit(_kept()[kind].encode(), here.trust, here.me, here.now)
    assert admitted.event == here.message(kind)


def test_the_list_of_the_version_before_is_verified() -> None:
    assert trust.verify(_kept()["trust"].encode(), keys.fingerprint(WORLD.anchor.public)) == WORLD.trust


def test_this_version_writes_what_the_version_before_wrote() -> None:
    kept, written = _kept(), _written()
    assert kept.keys() == written.keys()
    for name in kept:
        assert dsse.parse(written[name].encode(), 10**7) == dsse.parse(kept[name].encode(), 10**7), name


if __name__ == "__main__":
    KEPT.write_text(json.dumps(_written(), indent=1) + "\n")
