"""PDF and PNG by typst: the content goes in as data, so that nothing a person typed is ever mark-up."""

from __future__ import annotations

import json
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, Final, cast

import typst

from zhitongche.documents import glyphs
from zhitongche.documents.styling import styled

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

ARCHIVAL: Final = "a-2b"
FONTS: Final = Path(str(files(__package__))) / "fonts"
_turn: Final = Lock()
_LAYOUTS: Final = Path(str(files(__package__))) / "layouts"


def pdf(content: Mapping[str, Any], *, at: datetime, own_fonts: Path | None = None) -> bytes:
    """The paper as PDF/A-2b (ISO 19005-2); the same content and moment give the same bytes."""
    made = _set(content, own_fonts, format="pdf", pdf_standards=[ARCHIVAL], timestamp=int(at.timestamp()))
    return cast("bytes", made)


def png(content: Mapping[str, Any], *, ppi: float = 90, own_fonts: Path | None = None) -> list[bytes]:
    """The paper's pages as pictures."""
    made = _set(content, own_fonts, format="png", ppi=ppi)
    return cast("list[bytes]", made if isinstance(made, list) else [made])


def _set(content: Mapping[str, Any], own_fonts: Path | None, **how: Any) -> object:
    inputs = _inputs(content, own_fonts)
    # A compiler refuses a second thread ("Already borrowed"); a page takes milliseconds, so threads take turns.
    with _turn:
        return _compiler(own_fonts).compile(sys_inputs=inputs, **how)


@lru_cache(maxsize=4)
def _compiler(own_fonts: Path | None) -> typst.Compiler:
    """Reading the fonts costs more than setting a page: one compiler for the life of the process."""
    # Those of the machine are left out, so that a paper looks the same everywhere.
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=_folders(own_fonts))
    return typst.Compiler(str(_LAYOUTS / "main.typ"), root=str(_LAYOUTS), font_paths=fonts)


def _folders(own_fonts: Path | None) -> list[str]:
    return [str(folder) for folder in (own_fonts, FONTS) if folder is not None and folder.is_dir()]


def _inputs(content: Mapping[str, Any], own_fonts: Path | None) -> dict[str, str]:
    told = json.dumps(styled(content), ensure_ascii=False)
    return {"paper": glyphs.spelled_out(told, tuple(_folders(own_fonts)))}
