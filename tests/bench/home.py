"""Where the benchmark lives: a cluster of its own with the data set in it, kept for the next run where asked."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from tests.bench import dataset
from tests.bench.dataset import Dataset
from tests.support import database as databases
from zhitongche.app.factory import create_app
from zhitongche.deployment import queue
from zhitongche.deployment.cluster import Cluster
from zhitongche.kernel.settings import Settings
from zhitongche.persistence import admin
from zhitongche.persistence.roles import APP

DATABASE = "zhitongche"


@dataclass(frozen=True)
class Home:
    """Live addresses, and what the data set holds."""

    settings: Settings
    admin_url: str
    database_pid: int
    data: Dataset


@contextmanager
def home(size: int, folder: Path | None) -> Iterator[Home]:
    """A server with the data set, as durable as the product's; gone afterwards unless a folder is named."""
    place = folder or Path(tempfile.mkdtemp(prefix="zhitongche-bench-"))
    try:
        with Cluster(place / "postgres") as cluster:
            yield _furnished(cluster, place, size)
    finally:
        if folder is None:
            shutil.rmtree(place, ignore_errors=True)


def _furnished(cluster: Cluster, place: Path, size: int) -> Home:
    known = place / f"dataset-{size}.json"
    fresh = Settings(secret_key="for benchmarks only, forty characters or more", data_dir=place)
    if known.exists():
        url = admin.address(cluster.url(DATABASE), DATABASE).set(username=APP, password=(place / "app.password").read_text())
        settings = replace(fresh, database_url=url.render_as_string(hide_password=False))
        data = Dataset(**json.loads(known.read_text()))
    else:
        built = databases.build(cluster.url(), DATABASE)
        settings = replace(fresh, database_url=built.url)
        (place / "app.password").write_text(str(admin.address(built.url).password))
        data = dataset.build(create_app(settings), built.admin_url, size)
        known.write_text(json.dumps(asdict(data)))
    return Home(replace(settings, broker_url=queue.prepare(cluster)), cluster.url(DATABASE), cluster.pid or 0, data)
