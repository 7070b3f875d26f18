"""Files that are written whole or not at all, whatever is killed meanwhile, and that only their owner reads (mode 0600)."""

import os
import tempfile
from pathlib import Path


def replace(file: Path, content: bytes) -> None:
    """Put the content in the file's place; whoever reads meanwhile sees the old or the new, and of two writers the last stands."""
    _written(file, content).replace(file)


def keep_first(file: Path, content: bytes) -> None:
    """Make the file with this content, unless there is one: of two processes that start at once the first one's stands for both."""
    fresh = _written(file, content)
    try:
        # Linked, not renamed: that fails where the file has come to be meanwhile.
        os.link(fresh, file)
    except FileExistsError:
        pass
    finally:
        fresh.unlink()


def _written(file: Path, content: bytes) -> Path:
    descriptor, name = tempfile.mkstemp(dir=file.parent)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(descriptor)
    return Path(name)
