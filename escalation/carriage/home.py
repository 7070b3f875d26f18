"""Where the bridge keeps its files: below the data folder, never in the database, so that no backup holds a key."""

from __future__ import annotations

from pathlib import Path

from flask import current_app


def folder() -> Path:
    """The bridge's folder of this installation, mode 0700."""
    return below(Path(current_app.config["DATA_DIR"]))


def below(data_dir: Path) -> Path:
    """The bridge's folder in a data folder, mode 0700, made where there is none."""
    found = data_dir / "bridge"
    # Every message asks: making what is there costs several times as much as looking.
    if not found.is_dir():
        found.mkdir(parents=True, exist_ok=True, mode=0o700)
    return found
