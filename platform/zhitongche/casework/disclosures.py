"""Reading a dossier without a duty in the case: asked for with a purpose, decided by others (ST-5.1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from sqlalchemy import bindparam, func, select

from zhitongche import journal, outbox
from zhitongche.casework import access, telling
from zhitongche.casework.case import load
from zhitongche.casework.fields import text_of
from zhitongche.casework.tables import Disclosure, Petition
from zhitongche.identity import people
from zhitongche.identity.tables import Person, Unit
from zhitongche.kernel import clock
from zhitongche.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from zhitongche.persistence import db

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import ColumnElement

    from zhitongche.flow.facts import Actor

CLAUSE: Final = "ST-5.1"
ACTION: Final = "disclose"
"""The journal's entry beside the flow; it moves no stage."""
DECIDERS: Final = frozenset({"triage", "leader"})
LONGEST: Final = timedelta(days=90)
WORDS: Final = {
    "number": "请填写诉求编号", "number_long": "诉求编号过长，请核对", "known": "您本来就可以查看这件诉求，无需申请",
    "purpose": "请写明查阅用途", "until": "截止日期应在今天以后，最长{days}天", "decided": "这份申请刚才已由他人处理，请刷新查看",
    "own": "不能审批自己的申请，请由其他有权人员审批", "not_decider": "查阅申请由受理部门或分管领导审批", "asker": "只有工作人员可以申请查阅",
    "approved": "同意{asker}查阅至{until}", "declined": "不同意{asker}查阅",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """A request with what its decider has to know."""

    disclosure: Disclosure
    petition: Petition
    person: str
    unit: str


def ask(number: str, purpose: str, until: date | None, actor: Actor) -> None:
    """Ask to read a petition until the end of a day in China.

    A number that does not exist is taken like one that does, so that asking reveals nothing. Raises Invalid, Forbidden.
    """
    if actor.kind != "official" or actor.person_id is None:
        raise Forbidden(WORDS["asker"], CLAUSE)
    number, purpose, last = _checked(number, purpose, until)
    petition = db.session.scalar(select(Petition).where(Petition.number == number))
    if petition is None:
        return
    if access.may_read(actor, petition):
        raise Invalid({"number": WORDS["known"]})
    waiting = select(Disclosure.id).where(
        Disclosure.petition_id == petition.id, Disclosure.person_id == actor.person_id, Disclosure.state == "asked"
    )
    if db.session.scalar(waiting.limit(1)) is None:
        end = clock.on(last, clock.LAST_SECOND)
        db.session.add(
            Disclosure(petition_id=petition.id, person_id=actor.person_id, purpose=purpose, until=end, asked_at=clock.now())
        )
        db.session.flush()


def decide(disclosure_id: UUID, *, agreed: bool, actor: Actor) -> Disclosure:
    """Approve or decline, on the case's record, and tell whoever asked; never one's own. Raises Forbidden, NotFound, Conflict where somebody was first."""
    if not actor.roles & DECIDERS:
        raise Forbidden(WORDS["not_decider"], CLAUSE)
    query = select(Disclosure).where(Disclosure.id == disclosure_id).with_for_update()
    row = db.session.scalar(query.execution_options(populate_existing=True))
    if row is None:
        raise NotFound
    if row.person_id in {actor.person_id, actor.on_behalf_of}:
        raise Forbidden(WORDS["own"], CLAUSE)
    if row.state != "asked":
        raise Conflict(WORDS["decided"])
    row.state = "approved" if agreed else "declined"
    row.decided_by, row.decided_at = actor.person_id, clock.now()
    petition = load(row.petition_id, lock=True)
    _journal(petition, row, actor)
    _tell(petition, row)
    db.session.flush()
    return row


def _journal(petition: Petition, row: Disclosure, actor: Actor) -> None:
    asker = people.by_id(row.person_id).name
    name = WORDS[row.state].format(asker=asker, until=f"{clock.local(row.until):%Y-%m-%d}")
    body = {"name": name, "why": row.purpose, "disclosure": str(row.id)}
    stage = petition.stage
    journal.append(petition.id, action=ACTION, actor=actor, clause=CLAUSE, from_stage=stage, to_stage=stage, body=body)


def _tell(petition: Petition, row: Disclosure) -> None:
    """Tell whoever asked. A refusal names neither case nor number: there is nothing that he may see."""
    agreed = row.state == "approved"
    payload = {
        "petition_id": str(petition.id) if agreed else None,
        "message": f"disclosure_{row.state}",
        "party": "person", "people": [str(row.person_id)], "units": [], "enterprises": [],
        "fields": {
            "number": petition.number if agreed else "",
            "due": f"{clock.local(row.until):%Y年%m月%d日}",
            "text": f"{clock.local(row.asked_at):%m月%d日}",
        },
    }  # fmt: skip
    outbox.promise(telling.TOPIC, payload, key=f"disclosure:{row.id}")


def waiting(actor: Actor) -> list[Asked]:
    """Requests that this actor has to decide, the oldest first."""
    return _asked(*_to_decide(actor)) if actor.roles & DECIDERS else []


def waiting_count(actor: Actor) -> int:
    """How many requests this actor has to decide; every page of the desk asks."""
    if not actor.roles & DECIDERS:
        return 0
    return db.session.scalar(_WAITING, {"oneself": list(_oneself(actor))}) or 0


_WAITING: Final = select(func.count()).select_from(Disclosure).where(
    Disclosure.state == "asked", Disclosure.person_id.not_in(bindparam("oneself", expanding=True))
)


def _to_decide(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    return Disclosure.state == "asked", Disclosure.person_id.not_in(_oneself(actor))


def _oneself(actor: Actor) -> set[UUID]:
    return {one for one in (actor.person_id, actor.on_behalf_of) if one}


def granted(actor: Actor) -> list[Asked]:
    """What the actor has been allowed to read, the latest first.

    Requests waiting or declined are not listed: a list of them would tell which numbers exist.
    """
    return _asked(Disclosure.person_id == actor.person_id, Disclosure.state == "approved")[::-1]


def _asked(*conditions: object) -> list[Asked]:
    query = (
        select(Disclosure, Petition, Person.name, Unit.name)
        .join(Petition, (Petition.tenant_id == Disclosure.tenant_id) & (Petition.id == Disclosure.petition_id))
        .join(Person, (Person.tenant_id == Disclosure.tenant_id) & (Person.id == Disclosure.person_id))
        .outerjoin(Unit, (Unit.tenant_id == Person.tenant_id) & (Unit.id == Person.unit_id))
        .where(*conditions)  # type: ignore[arg-type]
        .order_by(Disclosure.asked_at)
    )
    return [Asked(row, petition, person, unit or "") for row, petition, person, unit in db.session.execute(query.limit(100))]


def _checked(number: str, purpose: str, until: date | None) -> tuple[str, str, date]:
    errors: dict[str, str] = {}
    number = number.strip().upper()
    if not number or len(number) > 40:
        errors["number"] = WORDS["number_long" if number else "number"]
    try:
        purpose = text_of("查阅用途", purpose, max_length=500, min_length=4)
    except ValueError as error:
        errors["purpose"] = str(error)
    if "purpose" not in errors and not purpose:
        errors["purpose"] = WORDS["purpose"]
    today = clock.today()
    if until is None or not today < until <= today + LONGEST:
        errors["until"] = WORDS["until"].format(days=LONGEST.days)
    if errors or until is None:
        raise Invalid(errors)
    return number, purpose, until
