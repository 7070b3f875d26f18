"""What must hold of dossiers: each can be made, each paper is in it, and it proves itself (ST-3.7)."""

from __future__ import annotations

import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from zhitongche.documents.dossier import keeping, packing, setting, verify
from zhitongche.documents.dossier.collecting import collect
from zhitongche.documents.tables import Paper, PaperFile
from zhitongche.flow.facts import SYSTEM
from zhitongche.journal import ChainBroken
from zhitongche.kernel import clock
from zhitongche.persistence import db

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from uuid import UUID

SAMPLE: Final = 12
"""How many petitions, spread evenly over all: a dossier takes some tenths of a second."""


def check(petitions: Sequence[UUID]) -> Iterator[str]:
    """What does not hold of the dossiers of some of these petitions, in words; of the tenant in scope."""
    for petition_id in petitions[:: max(1, len(petitions) // SAMPLE)]:
        with TemporaryDirectory(prefix="dossier-") as folder:
            yield from (f"案卷（{petition_id}）：{problem}" for problem in _problems(petition_id, Path(folder) / "dossier.zip"))


def _problems(petition_id: UUID, target: Path) -> list[str]:
    try:
        contents = collect(petition_id, SYSTEM)
    except ChainBroken as error:
        return [str(error)]
    now = clock.now()
    made = setting.made(contents, maker="", watermark="", at=now, own_fonts=keeping.own_fonts())
    packing.pack(contents, made.content, target, petition_id=petition_id, maker="", why="", at=now)
    return [*verify.problems(verify.opened(target)), *_missing(petition_id, target)]


def _missing(petition_id: UUID, target: Path) -> Iterator[str]:
    """The archived originals of the petition's papers that the bag does not list by their digest."""
    with zipfile.ZipFile(target) as bag:
        (manifest,) = (name for name in bag.namelist() if name.endswith(f"/{verify.MANIFEST}") and "tag" not in name)
        listed = bag.read(manifest).decode()
    same = (PaperFile.tenant_id == Paper.tenant_id) & (PaperFile.paper_id == Paper.id)
    for sha256 in db.session.scalars(select(PaperFile.sha256).join(Paper, same).where(Paper.petition_id == petition_id)):
        if sha256 not in listed:
            yield f"缺少一份公文原件（{sha256[:12]}）"
