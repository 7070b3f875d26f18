"""A cluster of its own with a province in it, kept for the next run."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask

from zhitongche.app.factory import create_app
from zhitongche.deployment.database import cluster_of, equip
from zhitongche.kernel.settings import Settings
from zhitongche.simulation.bulk import run as bulk


@dataclass(frozen=True)
class Home:
    """Live addresses, and what was loaded: seconds, rows, gigabytes."""

    settings: Settings
    app: Flask
    database_pid: int
    told: str

    @property
    def admin_url(self) -> str:
        """The administrator's address."""
        assert self.settings.admin_database_url
        return self.settings.admin_database_url


@contextmanager
def home(folder: Path, wanted: bulk.Wanted) -> Iterator[Home]:
    """The province of that size below the folder; loaded where it is not there yet, by the command's own way."""
    place = folder / str(wanted.petitions)
    place.mkdir(parents=True, exist_ok=True)
    settings = Settings(secret_key="for benchmarks only, forty characters or more", data_dir=place)
    known = place / "loaded.json"
    with cluster_of(settings) as cluster:
        live = equip(settings, cluster)
        if not known.exists():
            began = time.monotonic()
            done = bulk.load(live, wanted, create_app, lambda line: print(line, flush=True))
            told = bulk.told(done, time.monotonic() - began, bulk.size(live.admin_database_url or ""))
            known.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
        live = bulk.with_packs(live)
        yield Home(live, create_app(live), cluster.pid or 0, json.loads(known.read_text(encoding="utf-8")))
