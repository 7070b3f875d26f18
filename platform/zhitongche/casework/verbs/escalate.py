"""What cannot be solved goes up: within the tenant (RP-2.3.e), then to the tenant above (RP-2.3.f)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhitongche.casework import discretion, reporting, words
from zhitongche.casework.rises import current_rise
from zhitongche.casework.tables import Escalation
from zhitongche.casework.verbs.record import keep_record
from zhitongche.kernel.errors import Refused
from zhitongche.persistence import db
from zhitongche.tenancy import current
from zhitongche.tenancy.vocabulary import LEVELS

if TYPE_CHECKING:
    from zhitongche.casework.case import Case
    from zhitongche.tenancy.parts import EscalationWay


def give_up(case: Case) -> None:
    """The lead unit writes why it cannot be resolved here."""
    keep_record(case, "opinion", case.form["opinion"])


def raise_level(case: Case) -> None:
    """The bureau reviews; agreed, the petition is a county-level one."""
    if case.form["verdict"] == "agree":
        case.petition.level = "county"
    keep_record(case, "opinion", case.form["opinion"])


def explain(case: Case) -> None:
    """The lead unit explains why it cannot be resolved even so; its words go up with the notice."""
    _keep_discreet(case, "opinion")


def endorse(case: Case) -> None:
    """The bureau reviews whether it goes up; its words go up too."""
    _keep_discreet(case, "opinion")


def send_up(case: Case) -> None:
    """The government's opinion; agreed, the petition is on its way, and the duty stays here until it is taken there."""
    _keep_discreet(case, "opinion")
    if case.form["verdict"] != "agree":
        return
    way = next(iter(case.pack.escalation), None)
    if way is None:
        raise Refused(words.NO_WAY_UP, case.decision.action.clause)
    reporting.require_listener(case.decision.action.clause)
    case.petition.rises += 1
    row = _escalation(case, way)
    db.session.add(row)
    case.body["to"] = row.to_name


def supplement_up(case: Case) -> None:
    """More for the level above, asked for or not."""
    _keep_discreet(case, "text", "up")
    current_rise(case.petition).supplemented_at = case.now


def _keep_discreet(case: Case, field: str, kind: str = "opinion") -> None:
    discretion.require_discreet(case.petition, {field: case.form[field]}, words.NOT_DISCREET_UP)
    keep_record(case, kind, case.form[field])


def _escalation(case: Case, way: EscalationWay) -> Escalation:
    above = current.registry().get(way.to)
    own = list(LEVELS).index(case.pack.level)
    return Escalation(
        petition_id=case.petition.id, rise=case.petition.rises, to_tenant=way.to,
        to_name=way.name or (above.name if above else way.to),
        level=way.level or (above.level if above else list(LEVELS)[own - 1]), level_before=case.petition.level,
        ground=way.ground, clause=way.clause, sent_at=case.now,
    )  # fmt: skip
