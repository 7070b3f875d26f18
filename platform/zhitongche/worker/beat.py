"""A clockwork of which any number may run: only the holder of a lock in PostgreSQL ticks."""

from contextlib import suppress
from datetime import timedelta
from typing import Any

import psycopg
from celery.beat import Scheduler
from celery.utils.log import get_logger

from zhitongche.kernel.settings import Settings

logger = get_logger(__name__)
# The advisory lock (bigint) that stands for being the one that ticks; any number, the same for all.
LEADERSHIP = 7_204_312
FOLLOWER_SECONDS = 1.0
LONG_AGO = timedelta(days=1)


class Leadership:
    """The lock: held as long as its connection lives, so that a leader's death frees it at once."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._connection: psycopg.Connection | None = None
        self._leads = False

    def held(self) -> bool:
        """Whether we lead at this moment, having tried to if nobody did."""
        try:
            self._leads = self._confirm() if self._leads else self._try()
        except psycopg.OperationalError as error:
            # No database, no leadership: another may have it already.
            logger.warning("数据库连接中断，暂停定时：%s", error)
            self.give_up()
        return self._leads

    def give_up(self) -> None:
        """Let another lead, at once: a server learns of a closed connection only when it gets round to it."""
        if self._connection is not None:
            with suppress(psycopg.OperationalError):
                self._connection.execute("select pg_advisory_unlock_all()")
            self._connection.close()
        self._connection, self._leads = None, False

    def _try(self) -> bool:
        if self._connection is None:
            self._connection = psycopg.connect(self._url, autocommit=True, connect_timeout=5)
        row = self._connection.execute("select pg_try_advisory_lock(%s)", [LEADERSHIP]).fetchone()
        return bool(row and row[0])

    def _confirm(self) -> bool:
        assert self._connection is not None
        self._connection.execute("select 1")
        return True


class LeaderScheduler(Scheduler):  # type: ignore[misc]  # celery ships no types
    """Celery's clockwork in memory; what was missed while nobody ticked is found by the sweep."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        url = Settings.from_env().database_url
        if url is None:
            raise RuntimeError("DATABASE_URL is not set")
        self._leadership = Leadership(url)
        super().__init__(*args, **kwargs)

    def setup_schedule(self) -> None:
        """Take over the schedule of the application's configuration; everything is due at once.

        Nobody knows how long nobody ticked: an hourly round that waits for its hour anew at each start may never come.
        """
        self.merge_inplace(self.app.conf.beat_schedule)
        for entry in self.schedule.values():
            entry.last_run_at = self.app.now() - LONG_AGO

    def tick(self, *args: Any, **kwargs: Any) -> float:
        """Send what is due, if we lead; seconds until the next tick."""
        if not self._leadership.held():
            return FOLLOWER_SECONDS
        # Short naps only: a leader that lost its connection must notice before it ticks again.
        return min(float(super().tick(*args, **kwargs)), FOLLOWER_SECONDS)

    def close(self) -> None:
        """Make room for another leader."""
        self._leadership.give_up()
        super().close()
