"""All tables at once, for migrations and the catalogue lint."""

from importlib import import_module
from pathlib import Path

from sqlalchemy import MetaData

import zhitongche
from zhitongche.kernel.extensions import installed
from zhitongche.persistence.owned import Base


def load() -> MetaData:
    """Import the `tables` of every room, by convention and not by name, and those of what is installed above."""
    (root,) = zhitongche.__path__
    for room in sorted(Path(root).iterdir()):
        if (room / "tables.py").exists() or (room / "tables").is_dir():
            import_module(f"{zhitongche.__name__}.{room.name}.tables")
    for extension in installed():
        for name in extension.tables:
            import_module(name)
    return Base.metadata
