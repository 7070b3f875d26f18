"""The machine proposes repeated problems (ST-1.1.4): once a night, and whenever an officer asks."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from sqlalchemy import select
from sqlalchemy import text as sql
from sqlalchemy.dialects.postgresql import insert

from zhitongche.casework.queries import repeating
from zhitongche.flow.facts import SYSTEM
from zhitongche.kernel import clock
from zhitongche.kernel.errors import Forbidden, Refused
from zhitongche.kernel.ids import new_id
from zhitongche.persistence import current_tenant, db
from zhitongche.supervision import grouping, telling, words
from zhitongche.supervision.problems import clause, happened
from zhitongche.supervision.tables import Finding, Problem, ProblemPetition, ProblemScan
from zhitongche.tenancy import current

if TYPE_CHECKING:
    from uuid import UUID

    from zhitongche.flow.facts import Actor
    from zhitongche.supervision.grouping import Group
    from zhitongche.tenancy.repeated import Repeated

MAY: Final = "triage"
OPEN_FINDINGS: Final = ("drafted", "sent", "answered")


def nightly() -> bool:
    """Search once a day, whichever process comes first; False where it was done, or where the pack proposes nothing."""
    rule = current.pack().repeated
    if rule is None:
        return False
    row = insert(ProblemScan).values(
        tenant_id=current_tenant(), id=new_id(), day=clock.today(), at=clock.now(), by=None, name=words.SYSTEM_FOUND, proposed=0, grown=0
    )
    once = row.on_conflict_do_nothing(index_elements=["tenant_id", "day"], index_where=sql("by is null"))
    made = db.session.scalar(once.returning(ProblemScan.id))
    if made is None:
        return False
    _search(db.session.scalars(select(ProblemScan).where(ProblemScan.id == made)).one(), rule, SYSTEM)
    return True


def search(actor: Actor) -> ProblemScan:
    """Search now. Raises Forbidden, Refused where the pack has no rule."""
    if MAY not in actor.roles:
        raise Forbidden(words.BY_TRIAGE, clause())
    rule = current.pack().repeated
    if rule is None:
        raise Refused(words.NO_RULE, clause())
    scan = ProblemScan(day=clock.today(), at=clock.now(), by=actor.person_id, name=actor.name)
    db.session.add(scan)
    db.session.flush()
    _search(scan, rule, actor)
    return scan


def _search(scan: ProblemScan, rule: Repeated, actor: Actor) -> None:
    now = clock.now()
    within = grouping.span(rule, now, repeating.first_received())
    seen = repeating.since(within.begins - max(within.before, timedelta()))
    taken, followed = _known()
    for group in grouping.groups(seen, rule, within, repeating.words_of, taken):
        if group.key not in followed:
            _propose(group, scan, actor)
    db.session.flush()
    if scan.proposed + scan.grown and scan.by is None:
        telling.tell_roles("problem_found", str(scan.id), MAY, text=str(scan.proposed + scan.grown))


def _known() -> tuple[set[UUID], set[str]]:
    """Petitions of which a finding tells, and the problems whose finding is still followed."""
    told = select(ProblemPetition.petition_id).join(
        Problem, (Problem.tenant_id == ProblemPetition.tenant_id) & (Problem.id == ProblemPetition.problem_id)
    ).where(Problem.state == "taken", ProblemPetition.kept)
    followed = select(Problem.key).join(
        Finding, (Finding.tenant_id == Problem.tenant_id) & (Finding.problem_id == Problem.id)
    ).where(Finding.state.in_(OPEN_FINDINGS))
    return set(db.session.scalars(told)), set(db.session.scalars(followed))


def _propose(group: Group, scan: ProblemScan, actor: Actor) -> None:
    known = db.session.scalar(select(Problem).where(Problem.key == group.key, Problem.state != "taken"))
    if known is None:
        _begin(group, scan, actor)
        return
    if known.state == "aside" and len(group.petitions) <= (known.aside_size or 0):
        return
    fresh = _add(known, group)
    known.ground = group.ground
    if known.state == "aside" or fresh:
        known.state, known.aside_size, known.updated_at = "open", None, clock.now()
        known.size = len(group.petitions)
        scan.grown += 1
        happened(known.id, "grown", actor, group.ground, added=fresh)


def _begin(group: Group, scan: ProblemScan, actor: Actor) -> None:
    now = clock.now()
    values = insert(Problem).values(
        tenant_id=current_tenant(), id=new_id(), key=group.key, unit_id=group.unit_id, area=group.area, subject=group.subject,
        state="open", ground=group.ground, size=len(group.petitions), proposed_at=now, updated_at=now,
    )  # fmt: skip
    once = values.on_conflict_do_nothing(index_elements=["tenant_id", "key"], index_where=sql("state <> 'taken'"))
    made = db.session.scalar(once.returning(Problem.id))
    if made is None:
        # Another search was first.
        return
    row = db.session.scalars(select(Problem).where(Problem.id == made)).one()
    _add(row, group)
    scan.proposed += 1
    happened(row.id, "proposed", actor, group.ground, added=len(group.petitions))


def _add(row: Problem, group: Group) -> int:
    """The group's petitions that are not in the problem yet; what an officer took out stays out."""
    there = set(db.session.scalars(select(ProblemPetition.petition_id).where(ProblemPetition.problem_id == row.id)))
    fresh = [one for one in group.petitions if one not in there]
    db.session.add_all(ProblemPetition(problem_id=row.id, petition_id=one, added_at=clock.now()) for one in fresh)
    db.session.flush()
    return len(fresh)


def last() -> ProblemScan | None:
    """The latest search."""
    return db.session.scalar(select(ProblemScan).order_by(ProblemScan.at.desc()).limit(1))
