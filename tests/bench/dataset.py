"""The data set: one tenant with as many petitions as asked for, and what a benchmark must know of it."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime
from random import Random
from typing import Any
from uuid import UUID

import psycopg
from flask import Flask
from psycopg.rows import dict_row

from tests.bench import multiply, people
from tests.bench.multiply import Copy, Original, Words
from tests.bench.people import Company
from tests.bench.stories import Template, tell_all
from tests.support.stage import Play
from zhitongche.casework import drafts
from zhitongche.kernel import clock
from zhitongche.kernel.ids import new_id
from zhitongche.persistence import tenant_scope, unit_of_work
from zhitongche.simulation.enterprises import Place
from zhitongche.simulation.texts import compose
from zhitongche.tenancy import current

TENANT = "raoping"
PLAYED = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
UNITS = 8
BUSY = 0
"""Which of the units has most to receive: the benchmark acts as its handler."""
OPEN = {"screening": 120, "assigned": 20, "assigned_co": 30, "handling": 120, "objected": 30, "replied": 50, "answered": 60, "reconsidering": 30, "county_level": 60}  # fmt: skip
"""Of ten thousand, how many stand where; beside them BUSY_ASSIGNED wait for the busy unit."""
BUSY_ASSIGNED = 150
CLOSED = {"satisfied": 43, "satisfied_co": 16, "silent": 19, "finalised": 8, "settled": 5, "refused": 6, "withdrawn": 3}
PER_ENTERPRISE = 25
TEXTS = 20_000
DRAFTS = 4000


@dataclass(frozen=True)
class Dataset:
    """What was made: who signs in how, and how long it took."""

    size: int
    logins: dict[str, str]
    unit: str
    seconds: float


def build(app: Flask, admin_url: str, size: int, *, units: int = UNITS, seed: int = 7) -> Dataset:
    """Play with so many units, multiply, index, analyse. `admin_url` is the administrator's, for COPY."""
    began, rng = time.monotonic(), Random(seed)
    with app.app_context(), tenant_scope(TENANT):
        with clock.at(PLAYED) as simulated:
            play = Play.open(current.registry()[TENANT])
            templates = tell_all(play, simulated, rng, units=units)
        say(f"{len(templates)} petitions played through the use cases", began)
        logins = people.give_passwords(play)
        with psycopg.connect(admin_url, row_factory=dict_row) as connection:
            _multiply(connection, play, templates, size, rng, began)
            _drafts(connection, play, rng)
        with psycopg.connect(admin_url, autocommit=True) as connection:
            connection.execute("vacuum analyze")
    say("vacuumed and analysed", began)
    return Dataset(size, logins, templates[BUSY].unit, time.monotonic() - began)


def say(what: str, began: float) -> None:
    """A line of progress."""
    print(f"{time.monotonic() - began:7.1f} s  {what}", flush=True)


def _multiply(connection: psycopg.Connection[dict[str, Any]], play: Play, templates: list[Template], size: int, rng: Random, began: float) -> None:
    place = Place(play.pack.name, play.pack.region_code, ("陶瓷", "食品", "水产", "茶叶", "服装"), ("黄冈镇", "钱东镇", "三饶镇", "浮山镇"))
    made = people.companies(rng, place, max(4, size // PER_ENTERPRISE))
    for table, rows in people.rows(connection, play, made).items():
        multiply.write(connection, table, rows)
    originals = {one.petition_id: multiply.read(connection, one) for one in templates}
    index = connection.execute("select indexdef from pg_indexes where indexname = 'ix_petition_search_words'").fetchone()
    assert index
    # Built at once afterwards: word by word it would take several times as long.
    connection.execute("set local maintenance_work_mem = '1GB'")
    connection.execute("drop index ix_petition_search_words")
    used = Counter({clock.local(PLAYED).year: len(templates)})
    copies = planned(templates, originals, made, texts(rng, place, made, min(size, TEXTS)), size, rng)
    numbers = multiply.numbered(copies, originals, play.pack.number_prefix, used)
    rows_of = (multiply.expand(originals[copy.template.petition_id], copy, number, rng) for copy, number in numbers)
    multiply.load(connection, rows_of, lambda count: say(f"{count} petitions", began))
    connection.execute(index["indexdef"])
    series = "insert into number_series (tenant_id, kind, year, last) values (%s, 'petition', %s, %s) on conflict (tenant_id, kind, year) do update set last = excluded.last"
    for year, last in used.items():
        connection.execute(series, [TENANT, year, last])
    say("search index built", began)


def planned(templates: list[Template], originals: dict[UUID, Original], made: list[Company], said: list[Words], size: int, rng: Random) -> list[Copy]:
    """What is to be copied from which case: where petitions stand after two years of work."""
    by_story: dict[str, list[Template]] = {}
    for one in templates:
        by_story.setdefault(one.story, []).append(one)
    stories = [story for story, share in OPEN.items() for _ in range(max(1, size * share // 10_000))]
    busy = [templates[BUSY + list(OPEN).index("assigned")]] * (size * BUSY_ASSIGNED // 10_000)
    rest = size - len(stories) - len(busy)
    stories += rng.choices(list(CLOSED), weights=list(CLOSED.values()), k=rest)
    chosen = busy + [rng.choice(by_story[story]) for story in stories]
    return [Copy(one, _days(one, originals, rng), rng.choice(made), rng.choice(said)) for one in chosen]


def _days(template: Template, originals: dict[UUID, Original], rng: Random) -> int:
    since = (clock.now() - originals[template.petition_id].petition["updated_at"]).days
    return since - (rng.randrange(12, 730) if template.closed else rng.randrange(9))


def texts(rng: Random, place: Place, made: list[Company], count: int) -> list[Words]:
    """What enterprises say; told by somebody else the second time."""
    kinds, today = ("difficulty", "complaint", "consultation", "suggestion"), date(2026, 3, 1)
    drawn = (compose(rng, place, rng.choice(made).told, rng.choice(kinds), today=today) for _ in range(count))
    return [Words(one.title, one.content, one.wish) for one in drawn]


def _drafts(connection: psycopg.Connection[dict[str, Any]], play: Play, rng: Random) -> None:
    """Complete drafts, ready to be sent, like one that was kept by the use case."""
    actor, first = play.people["enterprise"], new_id()
    body = {
        "title": "厂区门口道路破损影响货车进出", "category": next(iter(play.pack.categories)), "wish": "尽快修复路面",
        "content": "我司厂区门口约二百米道路破损严重，雨天积水，货车进出困难，多次报修未果，请协调修复。",
        "contact_name": "陈静", "contact_mobile": "13800001234",
    }  # fmt: skip
    with unit_of_work():
        drafts.save(first, actor, body)
    one = connection.execute("select * from draft where id = %s", [first]).fetchone()
    assert one
    multiply.write(connection, "draft", [one | {"id": new_id(), "body": body | {"title": f"{body['title']}{rng.randrange(10**6)}"}} for _ in range(DRAFTS)])
