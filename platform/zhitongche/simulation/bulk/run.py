"""From an empty database to a province: packs, two tenants played, all others stamped after them."""

from __future__ import annotations

import multiprocessing
import os
import time
from dataclasses import dataclass, replace
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING, Final

import psycopg

from zhitongche.kernel import clock
from zhitongche.persistence import db, tenant_scope, unit_of_work
from zhitongche.simulation.bulk import loading, moulds, planning, playing, province, schema, world
from zhitongche.simulation.bulk.loading import Done, Job
from zhitongche.simulation.places import place_of
from zhitongche.tenancy import current, packs, versions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from flask import Flask

    from zhitongche.kernel.settings import Settings
    from zhitongche.simulation.bulk.moulds import Moulds
    from zhitongche.simulation.bulk.province import Tenancy
    from zhitongche.tenancy.packs import Registry

GREAT: Final = 50_000
"""From so many petitions on it pays to take indexes and foreign keys off and put them back."""
_TWICE: Final = 2


@dataclass(frozen=True)
class Wanted:
    """What is to be made."""

    petitions: int = 1_000_000
    cities: int = 21
    counties: int = 122
    played: int = 400
    days: int = 730
    seed: int = 7


class Progress:
    """Tells each step with the seconds since the beginning."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say, self._began = say, time.monotonic()

    @property
    def seconds(self) -> float:
        """Since the beginning."""
        return time.monotonic() - self._began

    def __call__(self, what: str) -> None:
        self._say(f"{self.seconds:7.1f} 秒  {what}")


def load(settings: Settings, wanted: Wanted, made_with: Callable[[Settings], Flask], say: Callable[[str], None]) -> list[Done]:
    """Make the province in the database of these settings (with the administrator's address); answers what was stamped.

    Packs that were made lie in `tenants` below the data folder. Tenants that hold something already stay as they are.
    """
    tell = Progress(say)
    url = settings.admin_database_url or ""
    folder = settings.data_dir / "tenants"
    kept = settings.data_dir / "taken-off.json"
    schema.put_back(url, kept, tell)
    tenancies = _packs(settings, wanted, folder)
    settings, wanted = with_packs(settings), _modest(wanted, len(tenancies))
    app = made_with(settings)
    tell(f"{len(tenancies)} 个配置包")
    models = {one.level: one for one in reversed(tenancies)}
    played = _filled(url)
    playing.play(app, [one.code for one in models.values() if one.code not in played], petitions=wanted.played, days=wanted.days, seed=wanted.seed)
    tell(f"{len(models)} 个样本租户办理了各 {wanted.played} 件")
    with app.app_context():
        registry = current.registry()
        for pack in registry.values():
            if not pack.takes_petitions:
                playing.settle(pack)
        # What an earlier load has finished stays: one that was broken off is gone on with.
        jobs = [job for job in _jobs(registry, tenancies, models, url, wanted) if job.pack.code not in played]
        for job in jobs:
            with tenant_scope(job.pack.code), unit_of_work():
                versions.keep(job.pack)
        db.engine.dispose()
    tell(f"样件 {sum(len(one.cases) for made in {id(job.moulds): job.moulds for job in jobs}.values() for one in made.bundles)} 件已制成模板")
    done = _stamped(url, jobs, kept, tell, great=wanted.petitions >= GREAT)
    _settle(url, tell)
    return done


def _modest(wanted: Wanted, places: int) -> Wanted:
    """No more is played than a place is to have: every place has all that was played."""
    return replace(wanted, played=max(1, min(wanted.played, wanted.petitions // max(1, places))))


def with_packs(settings: Settings) -> Settings:
    """The settings with the made packs beside the others."""
    return replace(settings, tenants_dirs=tuple(dict.fromkeys((*settings.tenants_dirs, settings.data_dir / "tenants"))))


def _packs(settings: Settings, wanted: Wanted, folder: Path) -> list[Tenancy]:
    registry = packs.load([one for one in settings.tenants_dirs if one != folder], settings.base_domain)
    tenancies = province.planned(registry, cities=wanted.cities, counties=wanted.counties)
    folder.mkdir(parents=True, exist_ok=True)
    province.write(tenancies, registry, folder, Random(wanted.seed), clock.local_date(clock.now() - timedelta(days=wanted.days)))  # noqa: S311
    return tenancies


def _jobs(registry: Registry, tenancies: list[Tenancy], models: dict[str, Tenancy], url: str, wanted: Wanted) -> list[Job]:
    rng = Random(wanted.seed)  # noqa: S311
    made: dict[str, tuple[Moulds, planning.Pool]] = {}
    with psycopg.connect(url) as connection:
        for level, model in models.items():
            pack = registry[model.code]
            mould = moulds.make(world.capture(connection, model.code), pack, registry[pack.parent or ""])
            count = min(planning.TEXTS, wanted.petitions // len(pack.categories) + 1)
            said = planning.pool(rng, place_of(pack, registry.folder(pack.code)), list(pack.categories), clock.today(), count)
            made[level] = mould, said
    others = [one for one in tenancies if one not in models.values()]
    counts = planning.shares(rng, wanted.petitions - wanted.played * len(models), len(others))
    return [
        Job(*made[one.level], registry[one.code], registry[one.parent or ""], registry.folder(one.code), count, f"{wanted.seed}/{one.code}")
        for one, count in zip(others, counts, strict=True)
    ]  # fmt: skip


def _filled(url: str) -> set[str]:
    with psycopg.connect(url) as connection:
        return {tenant for (tenant,) in connection.execute("select distinct tenant_id from petition")}


_jobs_at_hand: list[Job] = []


def _one(order: tuple[str, int]) -> Done:
    url, at = order
    return loading.load(url, _jobs_at_hand[at])


def _stamped(url: str, jobs: list[Job], kept: Path, tell: Progress, *, great: bool) -> list[Done]:
    if great:
        with psycopg.connect(url) as connection:
            schema.take_off(connection, [table.name for table in world.tables()] + ["figure_tally"], kept)
    # Inherited by the fork: moulds of a gigabyte would take longer to send than to use.
    _jobs_at_hand[:] = jobs
    done: list[Done] = []
    with multiprocessing.get_context("fork").Pool(max(1, min(len(jobs), _TWICE * (os.cpu_count() or 1)))) as pool:
        for one in pool.imap_unordered(_one, [(url, at) for at in range(len(jobs))]):
            done.append(one)
            _tell(done, tell, len(jobs))
    schema.put_back(url, kept, tell)
    return done


def _tell(done: list[Done], tell: Progress, whole: int) -> None:
    petitions, rows = sum(one.petitions for one in done), sum(one.rows for one in done)
    if len(done) % max(1, whole // 20) == 0 or len(done) == whole:
        tell(f"{len(done)}/{whole} 个租户，{petitions:,} 件，{rows:,} 行")


def _settle(url: str, tell: Progress) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("vacuum (analyze)")
    tell("已清理并统计")


def size(url: str) -> float:
    """Gigabytes that the database takes on disk."""
    with psycopg.connect(url) as connection:
        row = connection.execute("select pg_database_size(current_database())").fetchone()
    return (row[0] if row else 0) / 1e9


def told(done: Iterable[Done], seconds: float, gigabytes: float) -> str:
    """The last line."""
    some = list(done)
    petitions, rows = sum(one.petitions for one in some), sum(one.rows for one in some)
    return f"{len(some)} 个租户，{petitions:,} 件诉求，{rows:,} 行，{gigabytes:.1f} GB，用时 {seconds:.0f} 秒，每秒 {petitions / max(seconds, 1):,.0f} 件、{rows / max(seconds, 1):,.0f} 行"
