"""Where made dossiers lie, who takes them away, and when they go."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from flask import current_app
from sqlalchemy import select

from zhitongche.casework.queries import listing
from zhitongche.documents.dossier import asking, words
from zhitongche.documents.dossier.tables import DossierItem, DossierJob
from zhitongche.kernel import clock
from zhitongche.kernel.errors import NotFound
from zhitongche.persistence import current_tenant, db

if TYPE_CHECKING:
    from uuid import UUID

    from zhitongche.flow.facts import Actor

Form = Literal["pdf", "zip"]
KEPT: Final = timedelta(days=7)


def folder_of(job_id: UUID) -> Path:
    """Where a job's files lie: the data folder, then tenant, then id."""
    return Path(current_app.config["DATA_DIR"]) / "dossiers" / current_tenant() / str(job_id)


def own_fonts() -> Path:
    """Where an installation puts fonts that it has a licence for; often not there."""
    return Path(current_app.config["DATA_DIR"]) / "fonts"


def taken(job_id: UUID, form: Form, actor: Actor) -> Path:
    """The made file, for its asker only, while he may read what it holds; each time counts as a read (ST-5.1).

    Raises NotFound for another's, an unfinished and a missing one alike.
    """
    row = asking.one(job_id, actor).row
    path = folder_of(row.id) / f"result.{form}"
    if row.state != "done" or not path.is_file():
        raise NotFound(words.GONE)
    listing.exported(actor, petitions(row.id), words.READ[form].format(why=row.why))
    return path


def petitions(job_id: UUID) -> list[UUID]:
    """The petitions of a job, in order."""
    return list(db.session.scalars(select(DossierItem.petition_id).where(DossierItem.job_id == job_id).order_by(DossierItem.position)))


def expired() -> list[UUID]:
    """Mark what is past its days; the files go after the commit, see `forget`."""
    query = select(DossierJob).where(DossierJob.expires_at <= clock.now(), DossierJob.state != "removed").with_for_update(skip_locked=True)
    gone = list(db.session.scalars(query))
    for job in gone:
        job.state = "removed"
    return [job.id for job in gone]


def forget(gone: list[UUID]) -> None:
    """Remove the files of these jobs."""
    for job_id in gone:
        shutil.rmtree(folder_of(job_id), ignore_errors=True)
