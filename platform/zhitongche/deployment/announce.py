"""What the person at the terminal is told when the product runs."""

import sys
from collections.abc import Iterable

from zhitongche.kernel.settings import Settings
from zhitongche.simulation.accounts import accounts
from zhitongche.tenancy import packs


def announce(settings: Settings, *, demo: bool) -> None:
    """Print every portal and desk, and how to sign in to the demonstration."""
    lines = ["", *_addresses(settings), *(_accounts(settings) if demo else []), *_messages(settings), "", "按 Ctrl-C 停止。"]
    # One write: the children's threads write to the same stream, also in between.
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()


def _addresses(settings: Settings) -> Iterable[str]:
    registry = packs.of(settings)
    yield "直通车已启动，请用浏览器打开："
    for pack in registry.values():
        address = settings.portal(pack.hosts[0])
        portal = "" if pack.hosted_by else f"企业门户 {address}/  "
        yield f"  {pack.name}  {portal}工作台 {address}/desk/"


def _accounts(settings: Settings) -> Iterable[str]:
    yield ""
    yield "演示账号（数据均为虚构）："
    for account in accounts(settings):
        yield f"  {account.tenant}  {account.role}  账号 {account.login}  密码 {account.password}"
    yield "  其他单位的经办人：账号是单位代码（见 tenants/<租户>/offices.yaml），密码相同"


def _messages(settings: Settings) -> Iterable[str]:
    """Where a text message is read that goes to nobody's telephone: who registers waits for its code."""
    shown = {"console": "显示在本窗口，以“[短信]”开头", "file": f"写在 {settings.data_dir / 'sms'}"}
    if settings.sms in shown:
        yield ""
        yield f"短信不会真的发出，内容（含注册、登录的验证码）{shown[settings.sms]}。"
