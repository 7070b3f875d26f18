"""`packs`: check, draw and begin the packs of tenants (租户配置包)."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterable
from pathlib import Path

from zhitongche.kernel.errors import NotFound
from zhitongche.kernel.settings import Settings
from zhitongche.tenancy import check, packs
from zhitongche.tenancy.findings import Finding


def configure(parser: ArgumentParser) -> None:
    """What may follow the word."""
    words = parser.add_subparsers(title="命令", metavar="命令", required=True)
    one = words.add_parser("check", help="检查全部或所列的配置包，逐条指出文件、行号与改法")
    one.add_argument("codes", nargs="*", metavar="租户", help="租户代码；不写则检查全部")
    one.set_defaults(do=_check)
    one = words.add_parser("draw", help="画出办理流程图（SVG），并更新配置包的 README.md")
    one.add_argument("codes", nargs="*", metavar="租户", help="租户代码；不写则画全部")
    one.add_argument("--out", type=Path, metavar="目录", help="SVG 写到此目录；不写则放在各配置包内")
    one.set_defaults(do=_draw)
    one = words.add_parser("new", help="仿照已有的配置包新建一个")
    one.add_argument("code", metavar="代码", help="新租户的代码，小写英文")
    one.add_argument("--like", required=True, metavar="租户", help="仿照哪一个")
    one.add_argument("--name", required=True, metavar="名称", help="新租户的名称，如“某某县”")
    one.set_defaults(do=_new)


def run(args: Namespace) -> int:
    """Do what was asked; 1 where a check finds something."""
    return int(args.do(args, Settings.from_env()))


def _check(args: Namespace, settings: Settings) -> int:
    findings = [finding for folder in _folders(args.codes, settings) for finding in check.check(folder)]
    _print(findings)
    return 1 if findings else 0


def _draw(args: Namespace, settings: Settings) -> int:
    from zhitongche.tenancy import draw

    registry = packs.of(settings)
    for code in args.codes or registry:
        if code not in registry:
            raise NotFound(f"没有名为“{code}”的租户，现有：{'、'.join(registry)}")
        for file in draw.write(registry[code], args.out or registry.folder(code)):
            print(f"✓ {file}")
    return 0


def _new(args: Namespace, settings: Settings) -> int:
    from zhitongche.tenancy import new

    folder = new.create(args.code, args.like, args.name, settings.tenants_dirs[0])
    print(f"✓ 已新建 {folder}")
    findings = check.check(folder)
    _print(findings)
    print("接下来：把里面的文件改成本地的，再检查一次，然后重新启动；启动时会打印新的地址")
    return 1 if findings else 0


def _folders(codes: Iterable[str], settings: Settings) -> list[Path]:
    codes = list(codes)
    if not codes:
        return list(settings.tenants_dirs)
    found = {code: parent / code for parent in settings.tenants_dirs for code in codes if (parent / code).is_dir()}
    if missing := [code for code in codes if code not in found]:
        raise NotFound(f"没有名为“{'、'.join(missing)}”的配置包")
    return list(found.values())


def _print(findings: list[Finding]) -> None:
    for finding in findings:
        print(finding)
    print(f"✗ 共 {len(findings)} 处需要改正" if findings else "✓ 配置包检查通过")
