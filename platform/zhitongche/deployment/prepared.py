"""Whether the embedded database is as the last start left it: then this one need not prepare and prove it again."""

import hashlib
import json
import sysconfig
from collections.abc import Iterator
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import psycopg

import zhitongche
from zhitongche.deployment import addresses
from zhitongche.deployment.cluster import Cluster
from zhitongche.kernel.settings import Settings, bundled

_CATALOGUE = files(__package__).joinpath("catalogue.sql").read_bytes()


def as_before(settings: Settings, cluster: Cluster, *, demo: bool) -> Settings | None:
    """The settings with live addresses, where program, packs, settings and catalogue are those of the last good start."""
    kept, file = addresses.kept(cluster), _file(cluster)
    if kept is None or not file.exists():
        return None
    today = addresses.at_todays_port(cluster, kept)
    live = replace(settings, **today)
    try:
        unchanged = json.loads(file.read_text()) == _state(live, demo)
    except psycopg.Error:
        # Dropped, half made or never made: nothing that a start could rest on.
        return None
    if not unchanged:
        return None
    addresses.keep(cluster, today)
    return live


def remember(live: Settings, cluster: Cluster, *, demo: bool) -> None:
    """Write down what holds now; only after everything was prepared and proved."""
    addresses.write_privately(_file(cluster), json.dumps(_state(live, demo)))


def _file(cluster: Cluster) -> Path:
    return cluster.path / "prepared.json"


def _state(live: Settings, demo: bool) -> dict[str, object]:
    return {
        "program": _digest(_program()),
        "packages": _packages(),
        "packs": [_digest(sorted(folder.rglob("*"))) for folder in live.tenants_dirs],
        "settings": [live.base_domain, live.environment, sorted(live.served or []), demo],
        "catalogue": _catalogue(live),
    }


def _program() -> Iterator[Path]:
    # Every source file rather than a list of those that matter: a list would be out of date one day.
    for root in (Path(zhitongche.__path__[0]), bundled("migrations")):
        yield from sorted(file for suffix in ("py", "sql") for file in root.rglob(f"*.{suffix}"))


def _packages() -> list[str]:
    return sorted(path.name for path in Path(sysconfig.get_path("purelib")).glob("*.dist-info"))


def _digest(paths: Iterator[Path] | list[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        if path.is_file():
            digest.update(f"{path}\0{path.stat().st_size}\0".encode() + path.read_bytes())
    return digest.hexdigest()


def _catalogue(live: Settings) -> str:
    with psycopg.connect(live.admin_database_url or "") as connection:
        return str(connection.execute(_CATALOGUE).fetchall())
