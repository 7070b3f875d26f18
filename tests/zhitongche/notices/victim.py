"""A worker that is killed in the middle: hangs in the middle of a sending, so that the killing hits it at work."""

import os
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from flask import Flask

from tests.zhitongche.identity import world
from zhitongche.kernel import clock
from zhitongche.kernel.settings import Settings
from zhitongche.notices import deliver
from zhitongche.notices.providers import FileProvider, Receipt
from zhitongche.persistence import db, tenant_scope
from zhitongche.tenancy import current
from zhitongche.tenancy.packs import Registry

SENDS = 15


class Slow(FileProvider):
    """Sends a few and then hangs between the sending and the receipt: there the kill does most harm."""

    sent = 0

    def send(self, notice_id: UUID, mobile: str, text: str) -> Receipt:
        receipt = super().send(notice_id, mobile, text)
        self.sent += 1
        if self.sent == SENDS:
            time.sleep(600)
        return receipt


def main(folder: Path) -> None:
    app = Flask("victim")
    app.config.update(SQLALCHEMY_DATABASE_URI=os.environ["VICTIM_DATABASE"], SETTINGS=Settings())
    app.extensions[current.EXTENSION] = Registry([world.pack()], {})
    db.init_app(app)
    # The test's rows are due by its simulated clock.
    with app.app_context(), tenant_scope("alpha"), clock.at(datetime(2026, 3, 6, 3, tzinfo=UTC)):
        deliver(timedelta(minutes=5), Slow(folder))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
