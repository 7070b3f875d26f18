"""`migrate`: bring the database's structure and the packs in it up to date."""

from argparse import ArgumentParser, Namespace

from zhitongche.deployment.database import bring_up_to_date, database
from zhitongche.deployment.furnish import furnish
from zhitongche.kernel.errors import Invalid
from zhitongche.kernel.settings import VARIABLES, Settings


def configure(parser: ArgumentParser) -> None:
    """Nothing of its own."""


def run(args: Namespace) -> int:
    """Prepare the given server, or the embedded one."""
    settings = Settings.from_env()
    if settings.database_url and not settings.admin_database_url:
        name = "ADMIN_DATABASE_URL"
        raise Invalid({name: VARIABLES[name]}, f"请设置 {name}:{VARIABLES[name]}")
    bring_up_to_date(settings)
    with database(settings) as live:
        furnish(live, demo=False)
    print("✓ 数据库结构与配置包已是最新")
    return 0
