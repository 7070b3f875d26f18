"""The addresses of the embedded database, kept beside it for other commands and for the next start."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from zhitongche.deployment.cluster import Cluster
from zhitongche.kernel import files


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
    files.replace(file, text.encode())


def _file(cluster: Cluster) -> Path:
    return cluster.path / "addresses.json"


def _moved(url: str, port: int) -> str:
    parts = urlsplit(url)
    return parts._replace(netloc=f"{parts.netloc.rpartition(':')[0]}:{port}").geturl()
