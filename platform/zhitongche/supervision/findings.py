"""The finding on a repeated problem (ST-1.1.4): written, sent as a paper, answered by the unit, followed, closed with a verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from sqlalchemy import select

from zhitongche.flow.facts import SYSTEM
from zhitongche.identity import units
from zhitongche.kernel import clock, deadlines
from zhitongche.kernel.errors import Forbidden, Invalid, NotFound, Refused
from zhitongche.kernel.ids import new_id
from zhitongche.persistence import db
from zhitongche.supervision import finding_forms, letters, problems, telling, words
from zhitongche.supervision.problems import clause, demanded, happened
from zhitongche.supervision.tables import Finding, Problem
from zhitongche.tenancy import calendar, current
from zhitongche.tenancy.repeated import REPORT

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from zhitongche.documents.tables import Paper
    from zhitongche.flow.facts import Actor

LONGEST: Final = finding_forms.LONGEST


def of(finding_id: UUID, *, lock: bool = False) -> Finding:
    """One finding; raises NotFound."""
    query = select(Finding).where(Finding.id == finding_id)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    row = db.session.scalar(query)
    if row is None:
        raise NotFound
    return row


def on(problem_id: UUID) -> Finding | None:
    """The finding on a problem; None where none was written."""
    return db.session.scalar(select(Finding).where(Finding.problem_id == problem_id))


def listing(limit: int = 100) -> list[tuple[Finding, Problem]]:
    """Every finding with its problem, the open ones first, the newest first."""
    query = select(Finding, Problem).join(Problem, (Problem.tenant_id == Finding.tenant_id) & (Problem.id == Finding.problem_id))
    ordered = query.order_by(Finding.closed_at.is_not(None), Finding.id.desc()).limit(limit)
    return [(finding, problem) for finding, problem in db.session.execute(ordered)]


def to_unit(unit_id: UUID | None) -> list[tuple[Finding, Problem]]:
    """The findings that were sent to a unit, those that it has to answer first."""
    query = select(Finding, Problem).join(Problem, (Problem.tenant_id == Finding.tenant_id) & (Problem.id == Finding.problem_id))
    mine = query.where(Finding.addressee_id == unit_id, Finding.sent_at.is_not(None))
    found = db.session.execute(mine.order_by(Finding.state != "sent", Finding.sent_at.desc()).limit(200))
    return [(finding, problem) for finding, problem in found]


def owed_by(unit_id: UUID) -> list[datetime | None]:
    """Of each finding that the unit has to answer, since when it is missed, None while it is in time. UTC."""
    query = select(Finding.missed_at).where(Finding.addressee_id == unit_id, Finding.state == "sent")
    return list(db.session.scalars(query))


def write(problem_id: UUID, actor: Actor, form: Mapping[str, Any]) -> Finding:
    """Write the finding (`addressee`, `text`, `suggestion`): its letter is drafted and goes the way that the pack prescribes.

    Raises Forbidden, NotFound, Refused, Invalid by field.
    """
    problem = problems.in_hand(problem_id, actor)
    told = finding_forms.told(problem, form)
    row = Finding(id=new_id(), problem_id=problem.id, **told)
    problem.state, problem.aside_size, problem.updated_at = "taken", None, clock.now()
    db.session.add(row)
    happened(problem.id, "drafted", actor, told["text"], addressee=str(row.addressee_id))
    paper = letters.letter(row, problem, actor)
    row.letter_id = paper.id
    db.session.flush()
    return row


def report(finding_id: UUID, actor: Actor) -> Paper:
    """Report it to the government as well: a paper of its own. Raises Forbidden, Refused, NotFound."""
    row = of(finding_id, lock=True)
    _require_triage(actor)
    if REPORT not in current.pack().papers:
        raise Refused(words.NO_REPORT, clause())
    if row.report_id is not None:
        raise Refused(words.REPORTED_ALREADY, clause())
    paper = letters.report(row, problems.of(row.problem_id), actor)
    row.report_id = paper.id
    happened(row.problem_id, "asked", actor)
    return paper


def answer(finding_id: UUID, actor: Actor, form: Mapping[str, Any]) -> None:
    """The unit says what it does about it: `measures`, `person`, `done_by`. Raises Forbidden, NotFound, Refused, Invalid by field."""
    row = of(finding_id, lock=True)
    require_addressee(row, actor)
    _require_state(row, "sent", what="反馈")
    told = finding_forms.answered(form)
    row.measures, row.person, row.done_by = told["measures"], told["person"], told["done_by"]
    row.state, row.answered_at = "answered", clock.now()
    late = row.due_at is not None and row.answered_at > row.due_at
    happened(row.problem_id, "answered", actor, row.measures, late=late, person=row.person, done_by=str(row.done_by))
    _tell_triage(row, "finding_answered")


def again(finding_id: UUID, actor: Actor, reason: str) -> None:
    """What was answered does not do: more is wanted, with a limit of its own. Raises Forbidden, NotFound, Refused, Invalid."""
    row = of(finding_id, lock=True)
    _require_triage(actor)
    _require_state(row, "answered", what="要求继续整改")
    said = demanded(reason, "reason", words.REASON_NEEDED)
    _owe(row)
    happened(row.problem_id, "again", actor, said)
    _tell_unit(row, "finding_due", f"again:{row.due_at:%Y%m%d%H%M}")


def close(finding_id: UUID, actor: Actor, verdict: str, text: str) -> None:
    """What came of it: a verdict, with the reason. Raises Forbidden, NotFound, Refused, Invalid by field."""
    row = of(finding_id, lock=True)
    _require_triage(actor)
    _require_state(row, "answered", what="评定")
    if verdict not in words.FINDING_VERDICTS:
        raise Invalid({"verdict": words.VERDICT_NEEDED})
    said = demanded(text, "text", words.REASON_NEEDED, LONGEST)
    row.verdict, row.state, row.closed_at = verdict, "closed", clock.now()
    happened(row.problem_id, "closed", actor, said, verdict=verdict)
    _tell_unit(row, "finding_closed", "closed", reason=words.FINDING_VERDICTS[verdict])


def letter_issued(paper: Paper, actor: Actor) -> None:
    """The letter is out: from now on the unit owes an answer. A letter that replaces it changes no limit."""
    row = of(UUID(paper.about_id), lock=True)
    row.letter_id = paper.id
    if row.sent_at is None:
        _owe(row)
        row.sent_at = clock.now()
    happened(row.problem_id, "sent", actor, paper.number or "")
    _tell_unit(row, "finding_sent", f"sent:{paper.id}")


def report_issued(paper: Paper, actor: Actor) -> None:
    """The report is out: leaders and the government's office are told."""
    row = of(UUID(paper.about_id), lock=True)
    row.report_id, row.reported_at = paper.id, clock.now()
    happened(row.problem_id, "reported", actor, paper.number or "")
    telling.tell_roles("finding_reported", f"{row.id}:reported:{paper.id}", "leader", "office", paper_id=paper.id)


def remind() -> list[UUID]:
    """Findings whose answer is near or past and of which nobody was told yet."""
    now, owed = clock.now(), Finding.state == "sent"
    near = (Finding.near_told_at.is_(None)) & (Finding.near_at <= now)
    past = (Finding.missed_at.is_(None)) & (Finding.due_at < now)
    return list(db.session.scalars(select(Finding.id).where(owed, near | past)))


def tell_due(finding_id: UUID) -> None:
    """Tell the unit that its answer is near or past; once for each. What is past is on the record and told to triage as well."""
    row, now = of(finding_id, lock=True), clock.now()
    if row.state != "sent" or row.due_at is None:
        return
    if row.due_at < now and row.missed_at is None:
        row.missed_at = row.near_told_at = now
        happened(row.problem_id, "missed", SYSTEM)
        _tell_unit(row, "finding_due", f"past:{row.due_at:%Y%m%d%H%M}")
        _tell_triage(row, "finding_due")
    elif row.near_told_at is None:
        row.near_told_at = now
        _tell_unit(row, "finding_due", f"near:{row.due_at:%Y%m%d%H%M}")


def require_addressee(row: Finding, actor: Actor) -> None:
    """Raise NotFound, as for what is not there, where the finding did not go to the actor's unit."""
    if "handler" not in actor.roles or actor.unit_id != row.addressee_id or row.sent_at is None:
        raise NotFound


def _owe(row: Finding) -> None:
    rule, now = current.pack().repeated, clock.now()
    assert rule is not None, "a pack that writes findings says until when they are answered"
    due = deadlines.due(now, rule.answer, calendar.calendar_of(current.pack())).at
    row.state, row.due_at, row.near_at = "sent", due, deadlines.near(now, due)
    row.near_told_at = row.missed_at = None


def _require_triage(actor: Actor) -> None:
    if problems.MAY not in actor.roles:
        raise Forbidden(words.BY_TRIAGE, clause())


def _require_state(row: Finding, *states: str, what: str) -> None:
    if row.state not in states:
        raise Refused(words.WRONG_STATE.format(state=words.FINDING_STATES[row.state], what=what), clause())


def _tell_unit(row: Finding, message: str, key: str, **fields: str) -> None:
    due = f"{clock.local(row.due_at):%m月%d日%H:%M}" if row.due_at else ""
    telling.tell_unit(message, f"{row.id}:{key}", row.addressee_id, paper_id=row.letter_id, due=due, **fields)


def _tell_triage(row: Finding, message: str) -> None:
    due = f"{clock.local(row.due_at):%m月%d日%H:%M}" if row.due_at else ""
    key = f"{row.id}:triage:{clock.now():%Y%m%d%H%M}"
    telling.tell_roles(message, key, problems.MAY, paper_id=row.letter_id, due=due, unit=units.by_id(row.addressee_id).name)

