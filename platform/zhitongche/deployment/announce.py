"""What the person at the terminal is told when the product runs."""

import importlib
import importlib.util
import sys
from collections.abc import Iterable
from typing import Protocol

from zhitongche.deployment.furnish import DEMO
from zhitongche.kernel.settings import Settings
from zhitongche.tenancy import packs


class DemoAccount(Protocol):
    """A demonstration account, as `simulation.demo.accounts()` lists them; every word is for people to read."""

    tenant: str
    role: str
    login: str
    password: str


def announce(settings: Settings, *, demo: bool) -> None:
    """Print every portal and desk, and how to sign in to the demonstration."""
    lines = ["", *_addresses(settings), *(_accounts() if demo else []), "", "按 Ctrl-C 停止。"]
    # One write: the children's threads write to the same stream, also in between.
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()


def _addresses(settings: Settings) -> Iterable[str]:
    registry = packs.load(settings.tenants_dirs, settings.base_domain)
    yield "直通车已启动，请用浏览器打开："
    for pack in registry.values():
        address = settings.portal(pack.hosts[0])
        yield f"  {pack.name}  企业门户 {address}/  工作台 {address}/desk/"


def _accounts() -> Iterable[str]:
    if importlib.util.find_spec(DEMO) is None:
        return
    accounts: Iterable[DemoAccount] = importlib.import_module(DEMO).accounts()
    yield ""
    yield "演示账号（数据均为虚构）："
    for account in accounts:
        yield f"  {account.tenant}  {account.role}  账号 {account.login}  密码 {account.password}"
