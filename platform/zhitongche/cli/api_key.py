"""`api-key`: keys for machines, created, listed and revoked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from uuid import UUID

from zhitongche.deployment.database import database
from zhitongche.kernel import clock
from zhitongche.kernel.errors import NotFound
from zhitongche.kernel.settings import Settings

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from zhitongche.api.tables import ApiKey


def configure(parser: ArgumentParser) -> None:
    """What may follow the word."""
    steps = parser.add_subparsers(metavar="操作", dest="step", required=True)
    create = steps.add_parser("create", help="发放一把密钥，只显示一次")
    create.add_argument("--name", required=True, metavar="用途", help="如 12345工单系统")
    create.add_argument("--kind", choices=["hotline", "reader"], default="reader", help="hotline 可登记和查询，reader 只能查询")
    create.add_argument("--official", metavar="账号", help="密钥代表的工作人员")
    create.add_argument("--enterprise", metavar="信用代码", help="密钥代表的企业，须同时给出 --mobile")
    create.add_argument("--mobile", metavar="手机号", help="该企业的人员")
    listing = steps.add_parser("list", help="列出全部密钥")
    revoke = steps.add_parser("revoke", help="停用一把密钥，立即生效")
    revoke.add_argument("id", type=UUID, metavar="编号", help="密钥编号，见 list")
    for step in (create, listing, revoke):
        step.add_argument("--tenant", required=True, metavar="租户", help="租户代码")


def run(args: Namespace) -> int:
    """Do the step in the tenant; what is printed has been committed."""
    from zhitongche.app.factory import create_app
    from zhitongche.persistence import tenant_scope, unit_of_work
    from zhitongche.tenancy import packs

    given = Settings.from_env()
    registry = packs.of(given)
    if args.tenant not in registry:
        raise NotFound(f"没有名为“{args.tenant}”的租户，现有：{'、'.join(registry)}")
    with database(given) as settings, create_app(settings, registry).app_context(), tenant_scope(args.tenant):
        with unit_of_work():
            told = STEPS[args.step](args)
        print(told)
    return 0


def _create(args: Namespace) -> str:
    from zhitongche.api import bearers, keys

    person, enterprise_id = bearers.find(args.official, args.enterprise, args.mobile)
    issued = keys.issue(args.name, args.kind, person, enterprise_id=enterprise_id)
    return f"编号 {issued.key.id}\n密钥 {issued.text}\n密钥只显示这一次，请立即妥善保存。"


def _list(_args: Namespace) -> str:
    from zhitongche.api import keys

    return "\n".join(map(_line, keys.listing())) or "尚未发放密钥。"


def _revoke(args: Namespace) -> str:
    from zhitongche.api import keys

    return _line(keys.revoke(args.id))


def _line(key: ApiKey) -> str:
    state = f"已停用 {clock.local(key.revoked_at):%Y-%m-%d %H:%M}" if key.revoked_at else "有效"
    used = f"{clock.local(key.last_used_at):%Y-%m-%d %H:%M}" if key.last_used_at else "从未"
    return f"{key.id}  {key.kind}  {state}  最近使用 {used}  {key.name}"


STEPS: Final = {"create": _create, "list": _list, "revoke": _revoke}
