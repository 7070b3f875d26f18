"""What the person at the terminal is told when the product runs."""

import sys
from collections.abc import Iterable

from zhitongche.kernel.settings import Settings
from zhitongche.simulation.accounts import accounts
from zhitongche.tenancy import packs


def announce(settings: Settings, *, demo: bool) -> None:
    """Print every portal and desk, and how to sign in to the demonstration."""
    lines = ["", *_addresses(settings), *(_accounts(settings) if demo else []), "", "按 Ctrl-C 停止。"]
    # One write: the children's threads write to the same stream, also in between.
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()


def _addresses(settings: Settings) -> Iterable[str]:
    registry = packs.load(settings.tenants_dirs, settings.base_domain)
    yield "直通车已启动，请用浏览器打开："
    for pack in registry.values():
        address = settings.portal(pack.hosts[0])
        yield f"  {pack.name}  企业门户 {address}/  工作台 {address}/desk/"


def _accounts(settings: Settings) -> Iterable[str]:
    yield ""
    yield "演示账号（数据均为虚构）："
    for account in accounts(settings):
        yield f"  {account.tenant}  {account.role}  账号 {account.login}  密码 {account.password}"
