"""One petition as its enterprise sees it: where it is, who has it, what is owed next, by when, on which rule."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import BindParameter, bindparam, select

from zhitongche import journal
from zhitongche.casework import access
from zhitongche.casework.case import facts_now, load, pack_of
from zhitongche.casework.queries import rising
from zhitongche.casework.queries import tracking_words as words
from zhitongche.casework.queries.events import Event, Names, retell
from zhitongche.casework.queries.phases import travelled
from zhitongche.casework.queries.tracking_view import File, Given, Limit, Step, Tracking
from zhitongche.casework.tables import Attachment, Clock, CoPart, Milestone, Petition, Plan, Rating
from zhitongche.flow.decide import available, blocked
from zhitongche.flow.vocabulary import PARTIES, SATISFACTION
from zhitongche.identity import enterprises, units
from zhitongche.kernel.errors import NotFound
from zhitongche.persistence import db

if TYPE_CHECKING:
    from uuid import UUID

    from zhitongche.casework.queries.rising import Risen
    from zhitongche.flow.definition import ClockRule, Flow
    from zhitongche.flow.facts import Actor
    from zhitongche.tenancy.pack import Pack

HIDDEN_CLOCKS: Final = frozenset({"approve_key"})
"""A limit met only by these verbs is between officials."""
_PETITION: Final[BindParameter[UUID]] = bindparam("petition_id")
_CLOCKS: Final = select(Clock).where(Clock.petition_id == _PETITION).order_by(Clock.started_at, Clock.due_at)
_CO: Final = select(CoPart.unit_id).where(CoPart.petition_id == _PETITION)
_RATINGS: Final = select(Rating).where(Rating.petition_id == _PETITION).order_by(Rating.at.desc())
_STEPS: Final = (
    select(Milestone)
    .join(Plan, (Plan.tenant_id == Milestone.tenant_id) & (Plan.id == Milestone.plan_id))
    .where(Milestone.petition_id == _PETITION, Plan.state == "accepted")
    .order_by(Plan.id.desc(), Milestone.position)
)


def track(petition_id: UUID, actor: Actor) -> Tracking:
    """The petition as this enterprise may see it; NotFound, the same for a foreign and for a missing one."""
    petition = load(petition_id)
    access.require_read(actor, petition)
    return _tracking(petition, actor)


def file(petition_id: UUID, attachment_id: UUID, actor: Actor) -> Attachment:
    """A file that the enterprise may fetch: its own, or one that came with an answer; NotFound otherwise."""
    shown = track(petition_id, actor)
    if attachment_id not in {one.id for one in shown.files}:
        raise NotFound
    return db.session.scalars(select(Attachment).where(Attachment.id == attachment_id)).one()


def public_clocks(flow: Flow) -> dict[str, str]:
    """The limits that an enterprise is told of, by code, with the name that it is told."""
    return {code: _public_name(flow, rule) for code, rule in flow.clocks.items() if _verbs(flow, rule) - HIDDEN_CLOCKS}


def party_name(party: str, pack: Pack, lead: str = "", above: str = "") -> str:
    """Who a party is, as an enterprise knows it; `above`: who has it at the level above, where that is known."""
    if party == "enterprise":
        return words.YOU
    if party == "lead":
        return lead or words.LEAD
    if party == "triage":
        return pack.department
    if party == "above":
        return above or next((way.name for way in pack.escalation if way.name), PARTIES[party])
    if party == "reviewer":
        return next((unit.name for unit in pack.holders("reviewer")), PARTIES[party])
    return PARTIES[party]


def _tracking(petition: Petition, actor: Actor) -> Tracking:
    pack, facts = pack_of(petition), facts_now(petition)
    flow, stage = pack.flow, pack.flow.stages[petition.stage]
    called = {unit.id: unit.name for unit in units.listing(with_inactive=True)}
    lead = called.get(petition.lead_unit_id, "") if petition.lead_unit_id and _lead_is_public(petition) else ""
    rises = rising.of(petition)
    above = _above(rises)
    names = Names(pack, called, petition.source, lead, public_clocks(flow))
    events = tuple(_events(petition, names))
    limits = tuple(_limits(petition, names, lead, above))
    holder = party_name(stage.owes, pack, lead, above) if stage.owes else ""
    answer = next((event for event in events if event.answer), None)
    phases, current = travelled(petition, flow)
    return Tracking(
        petition=petition,
        enterprise=enterprises.by_id(petition.enterprise_id).name,
        category=pack.categories[petition.category].name if petition.category in pack.categories else "",
        matter=pack.matters[petition.matter].name if petition.matter in pack.matters else "",
        stage=stage.public,
        phases=phases,
        current=current,
        ended=stage.final,
        holder=holder,
        rises=rises,
        ladder=rising.ladder(petition, pack, rises[0].row if rises else None, holder),
        next=_next(limits, stage.owes),
        limits=limits,
        events=events,
        answer=answer,
        reopened=answer is not None and stage.phase not in {"answered", "closed"},
        lead=lead,
        co=_co(petition, called) if lead else (),
        files=_files(petition, events),
        plan=_plan(petition),
        ratings=_ratings(petition),
        actions=tuple(available(flow, facts, actor)),
        forbidden=tuple(blocked(flow, facts, actor)),
        main=_main(petition, actor),
    )


def _lead_is_public(petition: Petition) -> bool:
    # Where a letter hands the case over, the unit that is being settled is not known before it (ST-3.2.b).
    stage = pack_of(petition).flow.stages[petition.stage]
    return stage.phase not in {"submitted", "screening"}


def _events(petition: Petition, names: Names) -> list[Event]:
    told = (retell(entry, names) for entry in journal.entries(petition.id))
    return [event for event in told if event is not None][::-1]


def _above(rises: tuple[Risen, ...]) -> str:
    return rises[0].row.holder or rises[0].row.to_name if rises else ""


def _limits(petition: Petition, names: Names, lead: str, above: str) -> list[Limit]:
    found = db.session.scalars(_CLOCKS, {"petition_id": petition.id})
    rows = [row for row in found if row.code in names.clocks]
    shown = [_limit(row, names, lead, above) for row in rows]
    rank = {"open": 0, "met": 1, "ended": 2}
    return sorted(shown, key=lambda one: (rank[one.state], one.due if one.state == "open" else one.started))


def _limit(row: Clock, names: Names, lead: str, above: str) -> Limit:
    unit = names.units.get(row.unit_id, "") if row.unit_id and row.owes in {"lead", "co"} else ""
    return Limit(
        what=names.clocks[row.code],
        who=unit or party_name(row.owes, names.pack, lead, above),
        owes=row.owes,
        started=row.started_at,
        due=row.due_at,
        near_at=row.near_at,
        limit=row.limit,
        clause="" if row.clause == "setting" else row.clause,
        met_at=row.met_at,
        missed=row.missed_at is not None,
        provisional=row.provisional,
        state="met" if row.met_at else "ended" if row.lapsed_at else "open",
    )


def _next(limits: tuple[Limit, ...], owes: str | None) -> Limit | None:
    running = [one for one in limits if one.state == "open"]
    return next((one for one in running if one.owes == owes), running[0] if running else None)


def _co(petition: Petition, called: dict[UUID, str]) -> tuple[str, ...]:
    return tuple(called.get(unit, "") for unit in db.session.scalars(_CO, {"petition_id": petition.id}))


def _files(petition: Petition, events: tuple[Event, ...]) -> tuple[File, ...]:
    public = {file for event in events for file in event.files}
    answers = {file for event in events if event.answer for file in event.files}
    if not public:
        return ()
    query = select(Attachment).where(Attachment.petition_id == petition.id, Attachment.id.in_(public))
    rows = db.session.scalars(query.order_by(Attachment.at, Attachment.id))
    return tuple(File(row.id, row.name, row.size, row.at, row.id not in answers) for row in rows)


def _plan(petition: Petition) -> tuple[Step, ...]:
    rows = list(db.session.scalars(_STEPS, {"petition_id": petition.id}))
    newest = [row for row in rows if row.plan_id == rows[0].plan_id]
    return tuple(Step(row.text, row.due_on, row.done_at) for row in newest)


def _ratings(petition: Petition) -> tuple[Given, ...]:
    return tuple(
        Given(row.given_by, words.GIVEN_BY[row.given_by], SATISFACTION[row.satisfaction],
              row.text if row.given_by == "enterprise" else "", row.at)
        for row in db.session.scalars(_RATINGS, {"petition_id": petition.id})
    )  # fmt: skip


def _main(petition: Petition, actor: Actor) -> Tracking | None:
    if petition.joined_into is None:
        return None
    main = load(petition.joined_into)
    return _tracking(main, actor) if access.may_read(actor, main) else None


def _verbs(flow: Flow, rule: ClockRule) -> set[str]:
    return {flow.actions[code].verb for code in rule.met if code in flow.actions} or {""}


def _public_name(flow: Flow, rule: ClockRule) -> str:
    return words.PLAIN_CLOCKS.get(frozenset(_verbs(flow, rule)), rule.name)
