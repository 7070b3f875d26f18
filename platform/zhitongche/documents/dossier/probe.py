"""How many pages of a file the typesetter can show; run by itself for foreign files, so that none can take the worker with it.

`python probe.py <file> <format>` prints the number; fails where the file is broken, encrypted or of a kind of its own.
"""

from __future__ import annotations

import resource
import sys
from pathlib import Path

import typst

MOST = 300
"""Pages of one file that a dossier shows."""
MEMORY = 1 << 30
"""Bytes that a foreign file may need to be shown."""


def pages(path: Path, form: str) -> int:
    """Pages that can be shown, MOST + 1 where there are more; 0 where none can. A picture has one."""
    if not _shows(path, form, 1):
        return 0
    if form != "pdf":
        return 1
    known, beyond = 1, 2
    while beyond <= MOST and _shows(path, form, beyond):
        known, beyond = beyond, beyond * 2
    beyond = min(beyond, MOST + 2)
    while known + 1 < beyond:
        middle = (known + beyond) // 2
        if _shows(path, form, middle):
            known = middle
        else:
            beyond = middle
    return known


def _shows(path: Path, form: str, page: int) -> bool:
    source = f'#image("/{path.name}", format: "{form}"' + (f", page: {page})" if form == "pdf" else ")")
    try:
        typst.Compiler(source.encode(), root=str(path.parent), font_paths=_NONE).compile(format="pdf")
    except typst.TypstError:
        return False
    return True


_NONE = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[])

if __name__ == "__main__":
    # A picture of a few kilobytes may unfold to more than the machine has; here it ends this process alone.
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    found = pages(Path(sys.argv[1]), sys.argv[2])
    sys.stdout.write(f"{found}\n")
    sys.exit(0 if found else 1)
