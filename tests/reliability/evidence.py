"""What the database and the carrier's ledger say after the storm, seen from behind row-level security."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, text

from zhitongche.notices import claims as notice_claims
from zhitongche.outbox import claims as outbox_claims


@dataclass
class Evidence:
    """Questions to one database as superuser."""

    engine: Engine

    def rows(self, sql: str, **values: object) -> list[Any]:
        """The rows of a query."""
        with self.engine.connect() as connection:
            return list(connection.execute(text(sql), values))

    def do(self, sql: str, **values: object) -> None:
        """Change what no user could: the time of day."""
        with self.engine.begin() as connection:
            connection.execute(text(sql), values)

    def steps(self) -> Counter[tuple[str, str]]:
        """How often each action stands in the journal of each petition."""
        return Counter((str(one.petition_id), one.action) for one in self.rows("select petition_id, action from journal_entry"))

    def fall_due(self, petitions: list[str], code: str, seconds: int) -> datetime:
        """Let the running clock of these petitions end in so many seconds; answers when."""
        due = f"now() + interval '{seconds} seconds'"
        which = "petition_id = any(cast(:ids as uuid[])) and code = :code and met_at is null and lapsed_at is null"
        self.do(f"update clock set due_at = {due}, near_at = least(near_at, {due}) where {which}", ids=petitions, code=code)
        self.do(
            "update petition set next_due_at = (select min(due_at) from clock where clock.tenant_id = petition.tenant_id"
            " and petition_id = petition.id and met_at is null and lapsed_at is null) where id = any(cast(:ids as uuid[]))",
            ids=petitions,
        )
        return self.rows(f"select min(due_at) as at from clock where {which}", ids=petitions, code=code)[0].at

    def let_time_pass(self, died_at: datetime) -> None:
        """Leases that a worker took before it died come to their end, and so do pauses and quiet hours.

        The living keep theirs: nobody may be working on what another one takes over.
        """
        outbox, notice = died_at + outbox_claims.LEASE, died_at + notice_claims.LEASE
        self.do("update outbox set lease_until = now() where done_at is null and lease_until < :end", end=outbox)
        self.do("update outbox set due_at = now() where done_at is null and lease_until is null and due_at > now()")
        self.do("update notice set lease_until = now() where state = 'sending' and lease_until < :end", end=notice)
        self.end_quiet_hours()

    def end_quiet_hours(self) -> None:
        """Messages that wait for the morning, for a digest or for another try are due."""
        self.do("update notice set due_at = now(), digest = false where state in ('queued', 'held') and due_at > now()")

    def drained(self) -> bool:
        """Whether nothing is promised, queued or under way any more."""
        outbox = self.rows("select count(*) from outbox where done_at is null")[0][0]
        notices = self.rows("select count(*) from notice where state in ('queued', 'held', 'sending')")[0][0]
        return not outbox and not notices
