"""What people open all day must cost the same beside a hundred thousand messages of the bridge."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import repeat

import psycopg

from tests.bench import client, counting, people, processor
from tests.bench.bridge import floor
from tests.bench.bridge.world import COUNTY, World
from tests.bench.served import served
from tests.bench.visitors import Ask, Visitor, sign_in
from tests.support.stage import Play
from zhitongche.persistence import tenant_scope

REQUESTS = 60
_MESSAGES = """
insert into bridge_{side} (tenant_id, id, peer, subject, epoch, sequence, since, type, digest, envelope, {columns})
select %s, gen_random_uuid(), 'chaozhou', md5((n / 5)::text)::uuid, 1, n %% 5 + 1, 1, 'case.status.v1', sha256(n::text::bytea),
       decode(repeat(md5(n::text), 160), 'hex'), {values} from generate_series(1, %s) n
"""
_OUT = _MESSAGES.format(
    side="outgoing", columns="emitted_at, due_at, pending, tries, receipt, receipted_at, receipts", values="now(), now(), false, 1, 'x', now(), 1"
)
_IN = _MESSAGES.format(side="incoming", columns="receipt, received_at, place, applied_at", values="'x', now(), n %% 5 + 1, now()")


@dataclass(frozen=True)
class Page:
    """A page: statements and milliseconds of processor (server and database), before and after."""

    name: str
    statements: tuple[int, int]
    processor: tuple[float, float]


def unchanged(world: World, play: Play, messages: int) -> list[Page]:
    """The county's pages before and after so many messages were kept in its books."""
    both = world.sites["both"]
    with both.app.app_context(), tenant_scope(COUNTY):
        logins = people.give_passwords(play)
    asks = {"待办：甄别岗": "/desk/", "台账：全部": "/desk/petitions", "办件页：已上报的件": f"/desk/petitions/{play.id}"}
    with served(both.settings, "wsgi:app", "/healthz") as server:
        who = sign_in(server.port, logins["triage"], desk=True)

        def look() -> dict[str, tuple[int, float]]:
            found = {}
            for name, path in asks.items():
                counts = [len(counting.count(both.app, who, Ask(path)).statements) for _ in range(3)]
                found[name] = counts[-1], _cost(world, server.port, server.session, who, path)
            return found

        look()
        before = look()
        _fill(both.database.admin_url, messages)
        look()
        after = look()
    return [Page(name, (before[name][0], after[name][0]), (before[name][1], after[name][1])) for name in asks]


def _cost(world: World, port: int, session: int, who: Visitor, path: str) -> float:
    began = processor.of_session(session) + processor.of_family(world.database_pid)
    client.run(port, repeat(who.wire(Ask(path)), REQUESTS), lambda answer: answer.status == 200, seconds=60, connections=1)
    return 1000 * (processor.of_session(session) + processor.of_family(world.database_pid) - began) / REQUESTS


def _fill(admin_url: str, messages: int) -> None:
    with psycopg.connect(floor.plain(admin_url), autocommit=True) as admin:
        for query in (_OUT, _IN):
            admin.execute(query, [COUNTY, messages // 2])
        admin.execute("vacuum analyze")
