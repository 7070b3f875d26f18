"""Both levels at their desks, with something in every state of the bridge."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import pytest
from flask import Flask

from escalation.carriage.desk_of import desk_of
from escalation.protocol import quarantine
from escalation.wire import kinds
from tests.escalation.levels import Levels
from tests.support.pages import Visitor
from tests.support.stage import Play
from zhitongche.identity import people
from zhitongche.identity.actors import AccountUser
from zhitongche.kernel import clock as kernel_clock
from zhitongche.kernel.ids import new_id
from zhitongche.persistence import tenant_scope, unit_of_work

BRIDGE = "/desk/bridge"
SECRET = "不得外露的理由"


@dataclass
class Desks:
    """Officials of both levels with browsers."""

    app: Flask
    levels: Levels

    def below(self, who: str) -> Visitor:
        """An official of the county."""
        return self._at(self.levels.below, who)

    def above(self, who: str) -> Visitor:
        """An official of the city."""
        return self._at(self.levels.above, who)

    def _at(self, play: Play, who: str) -> Visitor:
        with tenant_scope(play.pack.code):
            if who not in play.people:
                with unit_of_work():
                    play.people[who] = play._official(who, None)
            person_id = play.people[who].person_id
            assert person_id
            session_id = AccountUser(people.by_id(person_id)).get_id()
        client, base_url = self.app.test_client(), f"http://{play.pack.code}.localhost"
        with client.session_transaction(base_url=base_url) as session:
            session["_user_id"], session["_fresh"] = session_id, True
        return Visitor(client, base_url)

    def held(self) -> UUID:
        """A message of the city's that the county cannot apply, since it knows no such case; its id in quarantine."""
        self.say(kinds.RETURN, {"reason": SECRET})
        self.levels.carry()
        with tenant_scope(self.levels.below.pack.code):
            return desk_of(self.levels.below.pack.code).books.open_held(1)[0].id

    def say(self, kind: str, data: dict[str, object], subject: UUID | None = None) -> UUID:
        """The city writes to the county, outside of any case; the subject."""
        from escalation.protocol import sending

        subject = subject or new_id()
        with tenant_scope(self.levels.above.pack.code), unit_of_work():
            desk = desk_of(self.levels.above.pack.code)
            sending.emit(desk.books, desk.pen, self.levels.below.pack.code, subject, kind, data, kernel_clock.now())
        return subject

    def refused(self, reason: str = "key_unknown", content: bytes = b"{}") -> UUID:
        """Something that the county did not let in; its id in quarantine."""
        with tenant_scope(self.levels.below.pack.code):
            with unit_of_work():
                books = desk_of(self.levels.below.pack.code).books
                quarantine.put(books, "", reason, content, kernel_clock.now(), "detail")
            return next(one.id for one in books.open_held(9) if one.reason == reason)


@pytest.fixture
def desks(bridge_app: Flask, levels: Levels) -> Desks:
    """Before anything has happened."""
    return Desks(bridge_app, levels)
