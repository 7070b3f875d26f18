"""`shell`: Python inside one tenant, for maintenance."""

import code
from argparse import ArgumentParser, Namespace

from zhitongche.deployment.database import database
from zhitongche.kernel.settings import Settings


def configure(parser: ArgumentParser) -> None:
    """What may follow the word."""
    parser.add_argument("--tenant", required=True, metavar="租户", help="租户代码")


def run(args: Namespace) -> int:
    """Open the shell, with the session at hand as `db.session`; nothing is committed unasked."""
    from zhitongche.app.factory import create_app
    from zhitongche.persistence import db, tenant_scope

    with database(Settings.from_env()) as settings:
        app = create_app(settings)
        with app.app_context(), tenant_scope(args.tenant):
            code.interact(f"直通车 · {args.tenant}(db.session 可用，退出按 Ctrl-D)", local={"app": app, "db": db})
    return 0
