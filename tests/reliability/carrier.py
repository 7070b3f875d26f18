"""What the workers of this rehearsal load: the product, with a carrier that writes every single sending down.

The shipped file provider answers a second sending with the first receipt, so that doubles would not show.
"""

from __future__ import annotations

import json
import os
import time
from datetime import datetime
from pathlib import Path
from uuid import UUID

from zhitongche.kernel import clock
from zhitongche.notices.providers import PROVIDERS, Receipt

NAME = "ledger"
LINGERS = 0.15
"""Seconds between the sending and the receipt: there a kill does most harm."""


class Ledger:
    """One line for each call of `send`, also for one too many; asked about a notice, it knows."""

    name = NAME

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self.file = folder, folder / "ledger.jsonl"

    def send(self, notice_id: UUID, mobile: str, text: str) -> Receipt:
        at = clock.now()
        line = json.dumps({"id": str(notice_id), "mobile": mobile, "text": text, "at": at.isoformat()})
        handle = os.open(self.file, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        try:
            # One write of one line: threads and processes do not mix theirs. A kill may cut it, hence a new line first.
            os.write(handle, f"\n{line}\n".encode())
        finally:
            os.close(handle)
        self._linger()
        return Receipt(str(notice_id), at)

    def lookup(self, notice_id: UUID) -> Receipt | None:
        found = [one for one in self.sent() if one["id"] == str(notice_id)]
        return Receipt(found[0]["id"], datetime.fromisoformat(found[0]["at"])) if found else None

    def hold(self) -> None:
        """Whichever sending is next goes out and gets no receipt until its process is killed."""
        (self.folder / "hold").touch()

    def holder(self) -> int | None:
        """The process whose sending is being held, as soon as there is one."""
        return next((int(held.suffix[1:]) for held in self.folder.glob("held.*")), None)

    def _linger(self) -> None:
        held = self.folder / f"held.{os.getpid()}"
        try:
            (self.folder / "hold").rename(held)
        except FileNotFoundError:
            time.sleep(LINGERS)
            return
        # Whoever ends the rehearsal instead takes the folder away.
        while held.exists():
            time.sleep(LINGERS)

    def sent(self) -> list[dict[str, str]]:
        """Every sending, in order."""
        if not self.file.exists():
            return []
        # Another process may be writing the last line, and one that was cut is no sending.
        return [one for line in self.file.read_bytes().splitlines() if (one := _whole(line))]


def _whole(line: bytes) -> dict[str, str] | None:
    try:
        return dict(json.loads(line))
    except ValueError:
        return None


PROVIDERS[NAME] = lambda data_dir: Ledger(data_dir / "sms")

if os.environ.get("DATABASE_URL"):
    # Read by the `celery` program of the rehearsal; a test that only wants the ledger has no database yet.
    from zhitongche.worker.entry import celery  # noqa: F401
