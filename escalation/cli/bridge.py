"""`bridge`: how the bridge stands, its keys, its trust list, its comparisons."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import TYPE_CHECKING, Final

from zhitongche.deployment.database import database
from zhitongche.kernel.errors import NotFound
from zhitongche.kernel.settings import Settings

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace, _SubParsersAction

STEPS: Final = {
    "status": ("bridge_status", "status"), "list": ("bridge_keys", "listing"), "rotate": ("bridge_keys", "rotate"),
    "revoke": ("bridge_keys", "revoke"), "show": ("bridge_trust", "show"), "import": ("bridge_trust", "take"), "resync": ("bridge_resync", "resync"),
    "figures": ("bridge_figures", "figures"), "verify": ("seals", "verify"), "export": ("seals", "export"),
}  # fmt: skip
"""Step → module of this room and its function (args, tenants) -> int, imported when asked for: the help must answer at once."""


def configure(parser: ArgumentParser) -> None:
    """What may follow the word."""
    words = parser.add_subparsers(title="命令", metavar="命令", required=True)
    status = words.add_parser("status", help="各往来单位的队列、回执、对账，和需要处理的事项")
    status.add_argument("--tenant", metavar="租户", help="租户代码，默认全部")
    status.set_defaults(step="status")
    _keys(words.add_parser("keys", help="签名密钥：列出、更换、吊销").add_subparsers(title="命令", metavar="命令", required=True))
    _trust(words.add_parser("trust", help="信任名录：查看、导入").add_subparsers(title="命令", metavar="命令", required=True))
    _seals(words.add_parser("seals", help="存证：核验办理记录，导出代邻居保管的存证").add_subparsers(title="命令", metavar="命令", required=True))
    figures = words.add_parser("figures", help="立即向另一套部署中的上级报送统计数（平时每小时一次）")
    figures.add_argument("--tenant", metavar="租户", help="租户代码，默认全部")
    figures.set_defaults(step="figures")
    resync = words.add_parser("resync", help="立即与往来单位对账，缺的补发，丢的取回")
    resync.add_argument("--tenant", metavar="租户", help="租户代码，默认全部")
    resync.add_argument("--peer", metavar="单位", help="只与这个单位对账")
    resync.add_argument("--new-epoch", action="store_true", help="先启用新纪元：数据库从备份恢复之后使用")
    resync.set_defaults(step="resync")


def run(args: Namespace) -> int:
    """Do the step on the database of this installation, running or not."""
    from zhitongche.app.factory import create_app
    from zhitongche.tenancy import packs

    given = Settings.from_env()
    registry = packs.of(given)
    wanted = getattr(args, "tenant", None)
    if wanted and wanted not in registry:
        raise NotFound(f"没有名为“{wanted}”的租户，现有：{'、'.join(registry)}")
    with database(given) as settings, create_app(settings, registry).app_context():
        tenants = [wanted] if wanted else list(registry)
        module, name = STEPS[args.step]
        return int(getattr(importlib.import_module(f"escalation.cli.{module}"), name)(args, tenants))


def _keys(words: _SubParsersAction[ArgumentParser]) -> None:
    listing = words.add_parser("list", help="列出密钥及其有效期")
    rotate = words.add_parser("rotate", help="公布新密钥；15分钟后各单位都已知道，自动启用，旧密钥再验24小时")
    revoke = words.add_parser("revoke", help="吊销一把密钥，立即生效；正在使用的会同时换成新的")
    revoke.add_argument("keyid", metavar="密钥编号", help="见 keys list")
    for step, parser in (("list", listing), ("rotate", rotate), ("revoke", revoke)):
        parser.add_argument("--tenant", required=step != "list", metavar="租户", help="租户代码")
        parser.set_defaults(step=step)


def _trust(words: _SubParsersAction[ArgumentParser]) -> None:
    words.add_parser("show", help="名录的序号、有效期、成员和信任锚指纹").set_defaults(step="show")
    take = words.add_parser("import", help="导入签发方提供的名录文件")
    take.add_argument("file", type=Path, metavar="文件")
    take.add_argument("--fingerprint", metavar="指纹", help="首次导入时必须给出：签发方书面交付的信任锚指纹")
    take.set_defaults(step="import")


def _seals(words: _SubParsersAction[ArgumentParser]) -> None:
    verify = words.add_parser("verify", help="由办理记录重算存证，与相邻单位保管的逐一核对；不符时退出码为 1")
    verify.add_argument("--kept", type=Path, nargs="*", metavar="文件", help="不联网：用相邻单位导出的存证文件核对")
    export = words.add_parser("export", help="把本级代某单位保管的存证写成文件，供其核验")
    export.add_argument("of", metavar="单位", help="存证属于哪个单位")
    export.add_argument("file", type=Path, metavar="文件")
    for step, parser in (("verify", verify), ("export", export)):
        parser.add_argument("--tenant", required=step == "export", metavar="租户", help="租户代码")
        parser.set_defaults(step=step)
