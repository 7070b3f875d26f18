"""Binding a volume 汇编成卷: cover and list of the closed petitions in order, and a bag with the bag of each (ST-3.7)."""

from __future__ import annotations

import hashlib
import json
import zipfile
from typing import TYPE_CHECKING, Any, Final

from zhitongche.casework.queries import dossier as cases
from zhitongche.documents.dossier import keeping, setting, words
from zhitongche.documents.dossier.bag import Bag, plain
from zhitongche.documents.dossier.tables import DossierItem
from zhitongche.documents.dossier.told import day, moment
from zhitongche.flow.vocabulary import OUTCOMES
from zhitongche.persistence import db, unit_of_work
from zhitongche.tenancy import current

if TYPE_CHECKING:
    from pathlib import Path
    from uuid import UUID

    from zhitongche.casework.queries.dossier import Closed
    from zhitongche.documents.dossier.making import Order

LAYOUT: Final = "volume.typ"


def title_of(year: int | None, unit: str) -> str:
    """What a volume is called."""
    return words.VOLUME.format(year=year, unit=unit)


def bind(folder: Path, order: Order) -> str:
    """Write the volume's PDF and bag beside the bags of its petitions; answers the digest of the bag."""
    with unit_of_work():
        listed, pages = _listed(order), _pages(order.id)
    title, department = title_of(order.year, order.unit), current.pack().department
    told = {
        "title": title, "department": department, "watermark": order.watermark, "made": f"{order.maker}　{day(order.at)}",
        "rows": [_row(one, pages[one.id]) for one in listed],
    }  # fmt: skip
    pdf = setting.typeset(LAYOUT, told, at=order.at, own_fonts=keeping.own_fonts())
    (folder / "result.pdf").write_bytes(pdf.content)
    bag = Bag(folder / "result.zip", plain(title), order.at)
    bag.add("volume.pdf", pdf.content)
    bag.add("volume.json", json.dumps({"title": title, "petitions": told["rows"]}, ensure_ascii=False, indent=1).encode())
    for one in listed:
        bag.add(f"bags/{one.number}.zip", folder / f"{one.id}.zip")
    return bag.close({
        "Source-Organization": department, "External-Description": title, "Exported-By": order.maker,
        "Exported-At": moment(order.at), "Export-Purpose": order.why,
    })  # fmt: skip


def digest_of(packed: Path) -> str:
    """The digest by which a bag is known: of its tag manifest."""
    with zipfile.ZipFile(packed) as bag:
        name = next(one for one in bag.namelist() if one.endswith("/tagmanifest-sha256.txt"))
        return hashlib.sha256(bag.read(name)).hexdigest()


def _listed(order: Order) -> list[Closed]:
    return cases.by_ids(keeping.petitions(order.id), order.actor)


def _pages(job_id: UUID) -> dict[UUID, int]:
    items = db.session.query(DossierItem).filter(DossierItem.job_id == job_id)
    return {item.petition_id: item.pages or 0 for item in items}


def _row(one: Closed, pages: int) -> dict[str, Any]:
    return {
        "number": one.number, "title": one.title, "enterprise": one.enterprise, "unit": one.unit or "—",
        "received": day(one.received_at), "closed": day(one.closed_at), "outcome": OUTCOMES.get(one.outcome, one.outcome), "pages": pages,
    }  # fmt: skip
