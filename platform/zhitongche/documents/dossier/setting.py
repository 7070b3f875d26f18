"""Setting a dossier as one PDF by typst: our sheets, the papers' and attachments' own pages, running page numbers."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final, cast

import typst

from zhitongche.documents import glyphs, typesetting
from zhitongche.documents.dossier import probe, words
from zhitongche.documents.dossier.told import day, masked, moment

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from zhitongche.documents.dossier.contents import Contents, Original, Part

HERE: Final = Path(__file__).parent / "layouts"
SHOWN: Final = {"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp"}
LONGEST_TEXT: Final = 60_000
PROBE_SECONDS: Final = 20


@dataclass(frozen=True, slots=True)
class Made:
    """A PDF; `pages` counts what is numbered."""

    content: bytes
    pages: int


def made(contents: Contents, *, maker: str, watermark: str, at: datetime, own_fonts: Path | None = None) -> Made:
    """The dossier as one PDF. PDF/A admits no pages of other PDFs: the archival originals lie in the bag."""
    with TemporaryDirectory(prefix="dossier-") as name:
        folder = Path(name)
        told = _told(contents, folder, maker, watermark, at)
        try:
            return _set("dossier.typ", told, folder, at, own_fonts)
        except typst.TypstError:
            # Each file passed its probe; whichever does not fit now, the text is worth more than all of them.
            return _set("dossier.typ", _without_foreign(told), folder, at, own_fonts)


def typeset(layout: str, told: Mapping[str, Any], *, at: datetime, own_fonts: Path | None = None) -> Made:
    """A layout of this room filled with data, without any files."""
    with TemporaryDirectory(prefix="dossier-") as name:
        return _set(layout, told, Path(name), at, own_fonts)


def _set(layout: str, told: Mapping[str, Any], folder: Path, at: datetime, own_fonts: Path | None) -> Made:
    for one in (HERE / layout, typesetting.FONTS.parent / "layouts" / "page.typ"):
        shutil.copy(one, folder)
    folders = [str(one) for one in (own_fonts, typesetting.FONTS) if one is not None and one.is_dir()]
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)
    inputs = {"told": glyphs.spelled_out(json.dumps(told, ensure_ascii=False), tuple(folders))}
    compiler = typst.Compiler(str(folder / layout), root=str(folder), font_paths=fonts, sys_inputs=inputs)
    pdf = cast("bytes", compiler.compile(format="pdf", timestamp=int(at.timestamp())))
    return Made(pdf, int(json.loads(compiler.query("<pages>", field="value", one=True))))


def _told(contents: Contents, folder: Path, maker: str, watermark: str, at: datetime) -> dict[str, Any]:
    parts: list[dict[str, Any]] = []
    for section in contents.sections:
        for first, part in enumerate(section.parts):
            parts.append({**_part(part, folder, len(parts) + 1), "opens": "" if first else words.SECTIONS[section.code]})
    told = {
        "title": words.TITLE.format(title=contents.title), "cover_title": words.TITLE.format(title=contents.title),
        "department": contents.department, "cover": contents.cover, "parts": parts, "watermark": watermark,
        "made": f"{maker}　{day(at)}", "entries": contents.entries, "head": contents.head,
        "remark": words.REMARK_MASKED if contents.masked else "",
    }  # fmt: skip
    return masked(told) if contents.masked else told


def _part(part: Part, folder: Path, number: int) -> dict[str, Any]:
    told = {
        "title": part.title, "number": part.number, "author": part.author, "day": day(part.at), "moment": moment(part.at),
        "note": part.note, "blocks": list(part.blocks), "shown": None, "sheet": None,
    }  # fmt: skip
    return {**told, **_file(part.file, folder, number)} if part.file else told


def _file(file: Original, folder: Path, number: int) -> dict[str, Any]:
    """The pages of a file, its text, or a sheet that says where it lies."""
    if not intact(file):
        return {"sheet": _sheet(file, words.MISSING)}
    form = SHOWN.get(file.media_type)
    if form is not None:
        return _pages(file, form, folder / f"{number}")
    if file.media_type != "text/plain":
        return {"sheet": _sheet(file, words.NOT_SHOWN)}
    if file.size > LONGEST_TEXT:
        return {"sheet": _sheet(file, words.TOO_LONG)}
    return {"blocks": [{"kind": "text", "text": file.path.read_text("utf-8-sig", "replace")}], "sheet": None}


def _pages(file: Original, form: str, linked: Path) -> dict[str, Any]:
    linked.symlink_to(file.path.resolve())
    count = probe.pages(linked, form) if file.own else _probed(linked, form)
    if not 0 < count <= probe.MOST:
        return {"sheet": _sheet(file, words.TOO_LONG if count else words.UNREADABLE)}
    return {"shown": {"file": linked.name, "form": form, "pages": count, "own": file.own}, "name": _sheet(file, words.UNREADABLE)}


def _probed(path: Path, form: str) -> int:
    """Pages of a foreign file, counted by a process of its own; 0 where that fails, dies or takes too long."""
    command = [sys.executable, "-I", probe.__file__, str(path), form]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=PROBE_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return 0
    return int(done.stdout) if done.returncode == 0 and done.stdout.strip().isdecimal() else 0


def intact(file: Original) -> bool:
    """Whether the file is there, and is what was archived."""
    if not file.path.is_file():
        return False
    with file.path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest() == file.sha256


def _sheet(file: Original, why: str) -> dict[str, str]:
    return {"name": file.name, "size": f"{file.size:,} 字节", "sha256": file.sha256, "why": why}


def _without_foreign(told: Mapping[str, Any]) -> dict[str, Any]:
    parts = [{**one, "shown": None, "sheet": one["name"]} if one["shown"] and not one["shown"]["own"] else one for one in told["parts"]]
    return {**told, "parts": parts}
