"""A secret made once and kept in a file that only its owner reads."""

import secrets
from pathlib import Path

from zhitongche.kernel import files


def kept_secret(file: Path) -> str:
    """The secret of this file, made up (64 hexadecimal digits, mode 0600) where there is none."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        files.keep_first(file, secrets.token_hex(32).encode())
    return file.read_text().strip()
