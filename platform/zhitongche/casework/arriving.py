"""The arrival of a petition from the tenant below: as little as its notice tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhitongche.casework import words
from zhitongche.casework.case import Case
from zhitongche.casework.door import apply
from zhitongche.casework.journal_body import plain
from zhitongche.casework.tables import Petition
from zhitongche.casework.tables import Report as Row
from zhitongche.casework.tables.petition import BRIDGE
from zhitongche.flow.decide import decide
from zhitongche.flow.facts import Actor, Facts
from zhitongche.identity import enterprises
from zhitongche.kernel import clock
from zhitongche.kernel.errors import Refused
from zhitongche.kernel.ids import new_id
from zhitongche.persistence import db
from zhitongche.persistence.numbers import next_number
from zhitongche.tenancy import current

if TYPE_CHECKING:
    from uuid import UUID

    from zhitongche.casework.escalations.values import Notice, Report
    from zhitongche.tenancy.pack import Pack


def arrive(report: Report) -> Petition:
    """Make the petition by its notice and take it through the flow's `report_in`; Refused where the flow takes none from below."""
    pack, notice = current.pack(), report.notice
    if "report_in" not in pack.flow.verbs:
        raise Refused(words.NO_FLOW_FROM_BELOW, notice.clause)
    actor = Actor("system", report.from_name)
    facts = Facts(category=notice.category, from_below=True)
    decision = decide(pack.flow, facts, pack.flow.by_verb("report_in").code, actor, {})
    petition = _petition(report, pack)
    petition.stage = decision.to_stage
    db.session.add(petition)
    db.session.flush()
    db.session.add(_row(report, petition))
    db.session.flush()
    apply(Case(petition, pack, facts, actor, decision, {}, clock.now(), running=[]))
    return petition


def stand_in(tenant: str, name: str) -> UUID:
    """What stands for a lower tenant's enterprises while nothing is known of them here."""
    return enterprises.standing_for(tenant, words.STAND_IN_ENTERPRISE.format(name=name)).id


def _petition(report: Report, pack: Pack) -> Petition:
    now, notice = clock.now(), report.notice
    year = clock.local(now).year
    return Petition(
        id=new_id(),
        number=f"{pack.number_prefix}{year}{next_number('petition', year):06d}",
        pack_version=pack.version,
        source=BRIDGE,
        source_facts={"from": report.from_name},
        enterprise_id=stand_in(report.from_tenant, report.from_name),
        contact_name="",
        contact_mobile="",
        area=notice.area,
        title=notice.title,
        content=words.CONTENT_LATER,
        category=_known(notice, pack),
        matter=notice.matter if notice.matter in pack.matters else "",
        level=notice.level,
        received_at=now,
        updated_at=now,
    )


def _known(notice: Notice, pack: Pack) -> str:
    """The notice's category; another pack may know fewer, its first is then as good as any until triage chooses."""
    return notice.category if notice.category in pack.categories else next(iter(pack.categories))


def _row(report: Report, petition: Petition) -> Row:
    notice = report.notice
    return Row(
        petition_id=petition.id, bridge_id=report.bridge_id, from_tenant=report.from_tenant, from_name=report.from_name,
        ref=notice.ref, level=notice.level, ground=notice.ground, clause=notice.clause, received_on=notice.received_on,
        deadline=notice.deadline, dossier={"digest": notice.dossier.digest, "documents": notice.dossier.documents},
        opinions=[{"unit": one.unit, "text": one.text, "at": plain(one.at)} for one in notice.opinions],
    )  # fmt: skip
