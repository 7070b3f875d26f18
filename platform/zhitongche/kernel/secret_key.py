"""A secret made once and kept in a file that only its owner reads."""

import os
import secrets
import tempfile
from pathlib import Path


def kept_secret(file: Path) -> str:
    """The secret of this file, made up (64 hexadecimal digits, mode 0600) where there is none."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=file.parent)
        with os.fdopen(descriptor, "w") as stream:
            stream.write(secrets.token_hex(32))
        # Linked, not renamed: of two processes that start at once the first one's secret stands for both.
        try:
            os.link(name, file)
        except FileExistsError:
            pass
        finally:
            Path(name).unlink()
    return file.read_text().strip()
