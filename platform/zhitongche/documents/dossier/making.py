"""The worker's part: a job is made petition by petition, in slices, and begun again where it was broken off."""

from __future__ import annotations

import shutil
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from uuid import UUID

from sqlalchemy import select

from zhitongche import journal, outbox
from zhitongche.casework import exports
from zhitongche.documents.dossier import asking, binding, keeping, packing, setting, words
from zhitongche.documents.dossier.collecting import collect
from zhitongche.documents.dossier.tables import DossierItem, DossierJob
from zhitongche.documents.dossier.told import moment
from zhitongche.identity import actors, people, units
from zhitongche.kernel import clock
from zhitongche.kernel.errors import Forbidden, NotFound
from zhitongche.persistence import db, unit_of_work

if TYPE_CHECKING:
    from datetime import datetime

    from zhitongche.flow.facts import Actor

SLICE: Final = 20.0
"""Seconds after which others get their turn."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be made, for whom, as it stood when this turn began; `at` is when it was asked for (UTC)."""

    id: UUID
    kind: str
    year: int | None
    unit: str
    actor: Actor
    maker: str
    why: str
    at: datetime

    @property
    def watermark(self) -> str:
        """Who takes it away, and when (ST-5.1)."""
        return words.WATERMARK.format(name=self.maker, moment=moment(self.at))

    @property
    def what(self) -> str:
        """What the journal says has left the system."""
        volume = binding.title_of(self.year, self.unit) if self.year else ""
        return words.WHAT[self.kind].format(volume=volume)


@outbox.slow
def make(message: outbox.Message) -> None:
    """Work on a job for a while; what is left is promised anew. Idempotent: what is packed stays packed."""
    until = time.monotonic() + SLICE
    job_id = UUID(message.payload["job"])
    try:
        order = _begin(job_id)
        if order is not None and _items(order, until):
            _finish(order.id, _bound(order))
        elif order is not None:
            _again(order.id)
    except (NotFound, Forbidden):
        _give_up(job_id, words.NO_LONGER)
    except journal.ChainBroken:
        _give_up(job_id, words.BROKEN)
    except Exception:
        with unit_of_work():
            _job(job_id).error = words.TROUBLE
        raise


HANDLERS: Final[dict[str, outbox.Handler]] = {asking.TOPIC: make}
"""Topic → handler, for the relay."""


def _begin(job_id: UUID) -> Order | None:
    with unit_of_work():
        job = _job(job_id)
        if job.state not in asking.UNDER_WAY:
            return None
        job.state, job.error = "working", ""
        actor = actors.actor_of(people.by_id(job.person_id), job.on_behalf_of)
        home = units.by_id(actor.unit_id).name if actor.unit_id else ""
        unit = units.by_id(job.unit_id).name if job.unit_id else words.ALL_UNITS
        return Order(job.id, job.kind, job.year, unit, actor, f"{home}　{actor.name}".strip(), job.why, job.asked_at)


def _items(order: Order, until: float) -> bool:
    """Make one petition after another; False where time ran out before the last."""
    keeping.folder_of(order.id).mkdir(parents=True, exist_ok=True)
    with unit_of_work():
        waiting = select(DossierItem.petition_id).where(DossierItem.job_id == order.id, DossierItem.packed_at.is_(None))
        left = list(db.session.scalars(waiting.order_by(DossierItem.position)))
    for number, petition_id in enumerate(left):
        if number and time.monotonic() >= until:
            return False
        _one(order, petition_id)
    return True


def _one(order: Order, petition_id: UUID) -> None:
    with unit_of_work():
        item = _item(order.id, petition_id)
        # Once, however often the work is begun again; and before the contents, so that the dossier tells of itself.
        if item.recorded_at is None:
            exports.record(petition_id, order.actor, what=order.what, why=order.why)
            item.recorded_at = clock.now()
            _step(order.id)
    with unit_of_work():
        contents = collect(petition_id, order.actor)
    folder = keeping.folder_of(order.id)
    made = setting.made(contents, maker=order.maker, watermark=order.watermark, at=order.at, own_fonts=keeping.own_fonts())
    (folder / f"{petition_id}.pdf").write_bytes(made.content)
    packing.pack(contents, made.content, folder / f"{petition_id}.zip", petition_id=petition_id, maker=order.maker, why=order.why, at=order.at)
    with unit_of_work():
        item = _item(order.id, petition_id)
        item.packed_at, item.pages = clock.now(), made.pages
        _step(order.id, asking.STEPS - 1)


def _bound(order: Order) -> str:
    """Lay the result down; the digest of its bag."""
    folder = keeping.folder_of(order.id)
    if order.kind == "volume":
        return binding.bind(folder, order)
    (petition_id,) = _petitions(order.id)
    for form in ("pdf", "zip"):
        # Copied, so that it can be done again if we are stopped before it is written down.
        shutil.copyfile(folder / f"{petition_id}.{form}", folder / f"result.{form}")
    return binding.digest_of(folder / "result.zip")


def _finish(job_id: UUID, digest: str) -> None:
    with unit_of_work():
        job, now = _job(job_id), clock.now()
        job.state, job.digest, job.done = "done", digest, job.total
        job.made_at, job.expires_at = now, now + keeping.KEPT
    for made in keeping.folder_of(job_id).iterdir():
        if not made.name.startswith("result."):
            made.unlink()


def _petitions(job_id: UUID) -> list[UUID]:
    with unit_of_work():
        return keeping.petitions(job_id)


def _again(job_id: UUID) -> None:
    with unit_of_work():
        outbox.promise(asking.TOPIC, {"job": str(job_id)}, key=f"dossier:{job_id}:{_job(job_id).done}")


def _give_up(job_id: UUID, why: str) -> None:
    with unit_of_work():
        job = _job(job_id)
        job.state, job.error, job.expires_at = "failed", why, clock.now() + keeping.KEPT
    keeping.forget([job_id])


def _step(job_id: UUID, steps: int = 1) -> None:
    job = _job(job_id)
    job.done = min(job.done + steps, job.total - 1)


def _job(job_id: UUID) -> DossierJob:
    query = select(DossierJob).where(DossierJob.id == job_id).with_for_update()
    return db.session.scalars(query.execution_options(populate_existing=True)).one()


def _item(job_id: UUID, petition_id: UUID) -> DossierItem:
    return db.session.scalars(select(DossierItem).where(DossierItem.job_id == job_id, DossierItem.petition_id == petition_id)).one()
