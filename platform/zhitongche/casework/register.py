"""Register a petition, whichever way it came in (RP-2.2.a, ST-3.1.1-3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select, update

from zhitongche.casework import uploads
from zhitongche.casework.case import Case
from zhitongche.casework.door import apply
from zhitongche.casework.journal_body import plain
from zhitongche.casework.tables import Attachment, Draft, Petition
from zhitongche.casework.tables.petition import REGISTERED
from zhitongche.flow.decide import decide
from zhitongche.flow.facts import Facts
from zhitongche.identity import enterprises
from zhitongche.kernel import clock
from zhitongche.kernel.ids import new_id
from zhitongche.persistence import db
from zhitongche.persistence.numbers import next_number
from zhitongche.tenancy import current

if TYPE_CHECKING:
    from uuid import UUID

    from zhitongche.casework.intake import Intake
    from zhitongche.flow.facts import Actor
    from zhitongche.tenancy.pack import Pack

REGISTRATION = {"matched": "matched", "confirmed_by_review": "confirmed"}


def register(intake: Intake, actor: Actor) -> Petition:
    """Make the petition and take it through the flow's first action. Sending one draft twice yields one petition.

    Raises Forbidden, Invalid. Never commits.
    """
    pack = current.pack()
    if intake.draft_id is not None and (sent := _already(intake.draft_id)) is not None:
        return sent
    petition = _petition(intake, actor, pack)
    facts = Facts(
        senders=frozenset({intake.enterprise_id}), category=petition.category, matched=petition.registration in REGISTERED
    )
    code = pack.flow.by_verb("register").code
    decision = decide(pack.flow, facts, code, actor, {})
    petition.stage = decision.to_stage
    db.session.add(petition)
    db.session.flush()
    case = Case(petition, pack, facts, actor, decision, {}, clock.now(), running=[])
    _keep_files(case, intake)
    apply(case)
    return petition


def _already(draft_id: UUID) -> Petition | None:
    db.session.execute(select(Draft.id).where(Draft.id == draft_id).with_for_update())
    return db.session.scalar(select(Petition).where(Petition.id == draft_id))


def _petition(intake: Intake, actor: Actor, pack: Pack) -> Petition:
    now = clock.now()
    year = clock.local(now).year
    enterprise = enterprises.by_id(intake.enterprise_id)
    entered = actor.kind == "official"
    return Petition(
        id=intake.draft_id or new_id(),
        number=f"{pack.number_prefix}{year}{next_number('petition', year):06d}",
        pack_version=pack.version,
        source=intake.source,
        source_facts=plain(dict(intake.source_facts)),
        enterprise_id=enterprise.id,
        submitted_by=None if entered else actor.person_id,
        entered_by=actor.person_id if entered else None,
        contact_name=intake.contact_name,
        contact_mobile=intake.contact_mobile,
        area=intake.area or enterprise.area or "",
        title=intake.title,
        content=intake.content,
        wish=intake.wish,
        category=intake.category,
        matter=intake.matter,
        received_at=now,
        updated_at=now,
        registration=REGISTRATION.get(enterprise.match, "mismatched"),
        match_note=enterprise.match_why or "",
    )


def _keep_files(case: Case, intake: Intake) -> None:
    rows = uploads.keep(list(intake.files), petition_id=case.petition.id, person_id=case.actor.person_id)
    if intake.draft_id is not None:
        mine = Attachment.draft_id == intake.draft_id
        rows += list(db.session.scalars(select(Attachment).where(mine)))
        db.session.execute(update(Attachment).where(mine).values(petition_id=case.petition.id, draft_id=None))
        db.session.execute(Draft.__table__.delete().where(Draft.id == intake.draft_id))  # type: ignore[attr-defined]
    if rows:
        case.body["files"] = [{"id": r.id, "name": r.name, "sha256": r.sha256} for r in rows]
