"""A county and the city above it on one installation, and what the worker does between them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from escalation.carriage import delivering
from tests.support.stage import Play
from zhitongche.casework.tables import Petition, Report
from zhitongche.kernel import clock
from zhitongche.persistence import db, tenant_scope
from zhitongche.tenancy import current

if TYPE_CHECKING:
    pass

MINUTE = timedelta(minutes=1)


@dataclass
class Levels:
    """The lower tenant's play and the upper one's; acts are done in the scope of whoever does them."""

    below: Play
    above: Play

    @classmethod
    def open(cls, below: str, above: str) -> Levels:
        """Both tenants with their people."""
        return cls(*map(opened, (below, above)))

    def down(self, action: str, who: str, **form: Any) -> Petition:
        """An act in the county."""
        with tenant_scope(self.below.pack.code):
            return self.below.act(action, who, **form)

    def up(self, action: str, who: str, **form: Any) -> Petition:
        """An act in the city."""
        with tenant_scope(self.above.pack.code):
            return self.above.act(action, who, **form)

    def carry(self) -> int:
        """What the worker does for both, until nothing is left to send; how many messages were receipted."""
        total = 0
        while sent := sum(delivering.deliver(code, MINUTE) for code in (self.below.pack.code, self.above.pack.code)):
            total += sent
        return total

    def ready(self, **form: Any) -> Petition:
        """A petition of the county's that its session could not resolve, reviewed, one act before it rises (RP-2.3.f)."""
        with tenant_scope(self.below.pack.code):
            self.below.hand_in(**form)
            lead = next(unit.code for unit in self.below.pack.units if unit.kind == "department")
            self.below.act("accept", "triage", accept_ground=next(iter(self.below.pack.grounds_accept)), lead=self.below.unit(lead))
            self.below.act("receive", lead)
            self.below.act("give_up", lead, opinion="涉及市级权限，本单位无法解决")
            self.below.act("review_county", "triage", verdict="agree", opinion="同意列入县级")
            self.below.act("enlist", "triage", meeting_day=soon(5))
            self.below.act("take_up", "triage")
            self.below.act("hand_out", "leader", opinion="请会同相关单位研究", due=soon(20))
            self.below.act("explain", lead, opinion="现有规划由市级审批，县内无权调整")
            return self.below.act("review_city", "triage", verdict="agree", opinion="情况属实，建议上报")

    def send_up(self, **form: Any) -> Petition:
        """And the county's opinion: it rises."""
        self.ready(**form)
        return self.down("send_up", "office", verdict="agree", opinion="同意上报市级协调")

    def arrived(self) -> Petition | None:
        """The city's petition that came from the county's case in play; it becomes the city's case in play."""
        with tenant_scope(self.above.pack.code):
            found = db.session.scalar(select(Petition).join(Report, Report.petition_id == Petition.id).order_by(Petition.id.desc()).limit(1))
            self.above.petition_id = found.id if found else None
            return found

    def below_now(self) -> Petition:
        """The county's petition as it stands."""
        with tenant_scope(self.below.pack.code):
            db.session.expire_all()
            return self.below.petition

    def above_now(self) -> Petition:
        """The city's petition as it stands."""
        with tenant_scope(self.above.pack.code):
            db.session.expire_all()
            return self.above.petition


def opened(code: str) -> Play:
    """The tenant with its people."""
    with tenant_scope(code):
        return Play.open(current.registry()[code])


def soon(days: int) -> date:
    """The day so many days from now."""
    return clock.today() + timedelta(days=days)

