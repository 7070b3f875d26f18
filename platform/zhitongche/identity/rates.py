"""How often something may be tried (频次限制), counted in the database so that all processes share it."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert

from zhitongche.identity import keyed
from zhitongche.identity.apart import apart
from zhitongche.identity.tables import RateCounter
from zhitongche.kernel import clock
from zhitongche.persistence import current_tenant, db

_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Rate:
    """At most `times` in each window of length `span`; windows stand fixed, so two may adjoin."""

    kind: str
    times: int
    span: timedelta

    @property
    def minutes(self) -> int:
        """The window in whole minutes, for people."""
        return max(1, int(self.span.total_seconds() // 60))


SIGN_IN_ACCOUNT = Rate("sign_in_account", 10, timedelta(minutes=15))
# Whole offices stand behind one address.
SIGN_IN_ADDRESS = Rate("sign_in_address", 100, timedelta(minutes=15))
CODE_MOBILE = Rate("code_mobile", 1, timedelta(minutes=1))
CODE_MOBILE_DAY = Rate("code_mobile_day", 10, timedelta(days=1))
CODE_ADDRESS = Rate("code_address", 60, timedelta(hours=1))


def allow(rate: Rate, key: str) -> bool:
    """Count one attempt at once, kept even if the caller fails; False where it is one too many."""
    return spend(rate, key) <= rate.times


def spend(rate: Rate, key: str) -> int:
    """Count one attempt and tell the how-manieth of its window it is."""
    statement = (
        insert(RateCounter)
        .values(
            tenant_id=current_tenant(),
            kind=rate.kind,
            key=keyed.digest(rate.kind, key),
            window_start=_window(rate),
            count=1,
        )
        .on_conflict_do_update(
            index_elements=[
                RateCounter.tenant_id,
                RateCounter.kind,
                RateCounter.key,
                RateCounter.window_start,
            ],
            set_={"count": RateCounter.count + 1},
        )
        .returning(RateCounter.count)
    )
    with apart() as session:
        return session.scalars(statement).one()


def forgive(rate: Rate, key: str) -> None:
    """Start the count anew: whoever proved who he is has not been guessing."""
    digest = keyed.digest(rate.kind, key)
    with apart() as session:
        session.execute(
            delete(RateCounter).where(RateCounter.kind == rate.kind, RateCounter.key == digest),
            execution_options={"synchronize_session": False},
        )


def forget_old() -> None:
    """Delete counters whose windows are long over."""
    db.session.execute(delete(RateCounter).where(RateCounter.window_start < clock.now() - timedelta(days=2)))


def _window(rate: Rate) -> datetime:
    now = clock.now()
    return now - (now - _EPOCH) % rate.span
