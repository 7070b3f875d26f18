"""All tables at once, for migrations and the catalogue lint."""

from importlib import import_module
from pathlib import Path

from sqlalchemy import MetaData

import zhitongche
from zhitongche.persistence.owned import Base


def load() -> MetaData:
    """Import the `tables` of every room, by convention and not by name: floors above are not known here."""
    (root,) = zhitongche.__path__
    for room in sorted(Path(root).iterdir()):
        if (room / "tables.py").exists() or (room / "tables").is_dir():
            import_module(f"{zhitongche.__name__}.{room.name}.tables")
    return Base.metadata
