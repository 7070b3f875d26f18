"""`federation`: several complete deployments on one machine, which trust each other."""

from __future__ import annotations

import time
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from zhitongche.kernel.errors import Invalid
from zhitongche.kernel.settings import Settings, bundled

if TYPE_CHECKING:
    from escalation.federation.house import House
    from escalation.federation.notary import Notary

PORT = 8100


def configure(parser: ArgumentParser) -> None:
    """What may follow the word."""
    parser.add_argument("--plan", type=Path, default=example(), metavar="文件", help="联调方案，默认 docs/federation.example.yaml")
    parser.add_argument("--home", type=Path, metavar="目录", help="各部署的数据目录放在哪里，默认为数据目录下的 federation")
    parser.add_argument("--port", type=int, default=PORT, metavar="端口", help=f"第一套部署的端口，其余依次加一，默认 {PORT}")
    parser.add_argument("--no-demo", action="store_true", help="不载入演示数据")


def example() -> Path:
    """The plan that comes with the program."""
    return bundled("docs") / "federation.example.yaml"


def run(args: Namespace) -> int:
    """Run until Ctrl-C."""
    from escalation.federation import plan
    from escalation.federation.house import House
    from escalation.federation.notary import Notary
    from zhitongche.tenancy import packs

    settings = Settings.from_env()
    if settings.production:
        raise Invalid({"ZHITONGCHE_ENVIRONMENT": "production"}, "联调只用于试验，正式环境中请分别部署。")
    home = (args.home or settings.data_dir / "federation").absolute()
    known = packs.load(settings.tenants_dirs, settings.base_domain)
    sites = plan.read(args.plan, home, args.port, known)
    notary = Notary(home, sites, known, settings.base_domain, {site.code: site.port for site in sites})
    notary.issue()
    _serve(House(sites, demo=not args.no_demo), notary, demo=not args.no_demo)
    return 0


def _serve(house: House, notary: Notary, *, demo: bool) -> None:
    from escalation.federation import tour
    from escalation.federation.notary import REFRESH_SECONDS
    from zhitongche.deployment.child import say
    from zhitongche.deployment.supervisor import TEND_SECONDS, until_stopped

    with until_stopped(), house.running():
        for site in house.sites:
            say("联调", f"部署 {site.code}（端口 {site.port}）承载：{'、'.join(site.tenants)}")
        say("联调", f"信任名录的锚指纹：{notary.fingerprint}")
        if demo:
            tour.lead(house, lambda line: say("联调", line))
        say("联调", "按 Ctrl-C 全部停止")
        issued = time.monotonic()
        while True:
            if time.monotonic() - issued > REFRESH_SECONDS:
                notary.issue()
                issued = time.monotonic()
            house.tend()
            time.sleep(TEND_SECONDS)
