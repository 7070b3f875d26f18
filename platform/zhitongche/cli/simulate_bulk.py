"""`simulate --bulk`: a whole province at once, for benchmarks and demonstrations."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from zhitongche.deployment.database import database
from zhitongche.kernel.errors import Invalid

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from zhitongche.kernel.settings import Settings

PETITIONS = 1_000_000


def further(parser: ArgumentParser) -> None:
    """What may follow `--bulk`."""
    group = parser.add_argument_group("--bulk：载入全省（按真实办理的样件批量生成，规则与逐件办理相同）")
    group.add_argument("--bulk", action="store_true", help="生成各市、县（区）的配置包，逐件办理样件，其余照样件生成；--petitions 为全省件数，默认 1000000")
    group.add_argument("--cities", type=int, default=21, metavar="个", help="市，默认 21")
    group.add_argument("--counties", type=int, default=122, metavar="个", help="县（市、区），默认 122")
    group.add_argument("--played", type=int, default=400, metavar="件", help="市、县各逐件办理多少件样件，默认 400")
    group.add_argument("--days", type=int, default=730, metavar="天", help="样件在多少天内办理，到现在为止，默认 730")


def run(settings: Settings, args: Namespace) -> int:
    """Load the province and tell how long it took; raises Invalid where it cannot be."""
    from zhitongche.app.factory import create_app
    from zhitongche.simulation.bulk import run as bulk

    petitions = args.petitions or PETITIONS
    if args.cities < 1 or args.played < 1 or petitions < 1:
        raise Invalid({"bulk": "少于一"}, "市、样件和诉求件数都至少为 1。")
    wanted = bulk.Wanted(petitions, args.cities, args.counties, args.played, args.days, args.seed)
    with database(settings) as live:
        if not live.admin_database_url:
            raise Invalid({"ADMIN_DATABASE_URL": "未设置"}, "批量载入须由管理账号写入：请设置 ADMIN_DATABASE_URL。")
        began = time.monotonic()
        done = bulk.load(live, wanted, create_app, _say)
        print(bulk.told(done, time.monotonic() - began, bulk.size(live.admin_database_url)))
    folders = ":".join(str(one) for one in bulk.with_packs(settings).tenants_dirs)
    print(f"查看：ZHITONGCHE_TENANTS={folders} ./zhitongche up --no-demo")
    return 0


def _say(line: str) -> None:
    print(line, flush=True)
