"""Packing a dossier: the PDF, every original byte by byte, the texts for machines and people, the sealed journal."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from zhitongche.documents.dossier import words
from zhitongche.documents.dossier.bag import Bag, safe_name
from zhitongche.documents.dossier.setting import intact
from zhitongche.documents.dossier.told import masked, moment

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path
    from uuid import UUID

    from zhitongche.documents.dossier.contents import Contents, Part


def pack(contents: Contents, pdf: bytes, target: Path, *, petition_id: UUID, maker: str, why: str, at: datetime) -> str:
    """Write the bag to `target`; answers the digest by which it is known (ST-3.7)."""
    bag = Bag(target, contents.number, at)
    bag.add("dossier.pdf", pdf)
    bag.add("dossier.json", json.dumps(_told(contents), ensure_ascii=False, indent=1).encode())
    bag.add("journal.jsonl", contents.journal)
    for name, text in contents.texts.items():
        bag.add(name, text.encode())
    for name, content in contents.evidence.items():
        bag.add(f"bridge/{name}", content)
    for folder, code in (("papers", "papers"), ("attachments", "files")):
        for number, part in enumerate(_parts(contents, code), 1):
            _originals(bag, folder, number, part)
    info = {
        "Source-Organization": contents.department, "External-Identifier": contents.number, "External-Description": contents.title,
        "Petition-Id": str(petition_id), "Journal-Entries": str(contents.entries), "Journal-Head-SHA256": contents.head,
        "Exported-By": maker, "Exported-At": moment(at), "Export-Purpose": why,
    }  # fmt: skip
    return bag.close(info)


def _originals(bag: Bag, folder: str, number: int, part: Part) -> None:
    for file in (*((part.file,) if part.file else ()), *part.also):
        # What is broken in the store is told in the dossier, and is not passed on as if it were whole.
        if intact(file):
            bag.add(f"{folder}/{safe_name(number, f'{part.number}{file.name}' if file.own else file.name)}", file.path)


def _parts(contents: Contents, code: str) -> list[Part]:
    return [part for section in contents.sections if section.code == code for part in section.parts]


def _told(contents: Contents) -> dict[str, Any]:
    told = {
        "number": contents.number, "title": contents.title, "department": contents.department, "cover": dict(contents.cover),
        "sections": [{"name": words.SECTIONS[section.code], "parts": [_part(part) for part in section.parts]} for section in contents.sections],
    }  # fmt: skip
    return masked(told) if contents.masked else told


def _part(part: Part) -> dict[str, Any]:
    file = {"name": part.file.name, "media_type": part.file.media_type, "size": part.file.size, "sha256": part.file.sha256} if part.file else None
    return {
        "title": part.title, "at": moment(part.at), "number": part.number, "author": part.author, "note": part.note,
        "blocks": list(part.blocks), "file": file,
    }  # fmt: skip
