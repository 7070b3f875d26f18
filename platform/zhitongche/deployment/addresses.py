"""The addresses of the embedded database, kept beside it for other commands and for the next start."""

import json
import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from zhitongche.deployment.cluster import Cluster


def keep(cluster: Cluster, addresses: dict[str, Any]) -> None:
    """Write them down (mode 0600: they hold passwords)."""
    write_privately(_file(cluster), json.dumps(addresses))


def kept(cluster: Cluster) -> dict[str, Any] | None:
    """What was kept last; None where the database was never equipped."""
    file = _file(cluster)
    return dict(json.loads(file.read_text())) if file.exists() else None


def at_todays_port(cluster: Cluster, addresses: dict[str, Any]) -> dict[str, Any]:
    """The same addresses with the port that the cluster has now."""
    return {name: _moved(url, cluster.port) for name, url in addresses.items()}


def write_privately(file: Path, text: str) -> None:
    """Write a file that nobody else can read, whole or not at all, whatever is killed meanwhile."""
    fresh = file.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(descriptor)
    fresh.replace(file)


def _file(cluster: Cluster) -> Path:
    return cluster.path / "addresses.json"


def _moved(url: str, port: int) -> str:
    parts = urlsplit(url)
    return parts._replace(netloc=f"{parts.netloc.rpartition(':')[0]}:{port}").geturl()
