"""`bridge trust`: the list of who takes part, shown and imported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from escalation.carriage import trusted
from escalation.cli.bridge_acts import written
from zhitongche.kernel import clock
from zhitongche.kernel.errors import Invalid

if TYPE_CHECKING:
    from argparse import Namespace


def show(_args: Namespace, _tenants: list[str]) -> int:
    """Print it."""
    trust = trusted.in_force()
    ended = "（已过期）" if trust.expires_at <= clock.now() else ""
    print(f"序号 {trust.serial}，签发 {clock.local(trust.issued_at):%Y-%m-%d %H:%M}，有效到 {clock.local(trust.expires_at):%Y-%m-%d %H:%M}{ended}")
    print(f"信任锚指纹 {trusted.fingerprint()}{'（本部署自己签发）' if trusted.is_own_anchor() else ''}")
    for code, deployment in sorted(trust.deployments.items()):
        print(f"部署 {code}  {deployment.endpoint}  密钥 {len(deployment.keys)} 把")
    for code, tenant in sorted(trust.tenants.items()):
        above = f"上级 {tenant.parent}" if tenant.parent else "没有上级"
        print(f"租户 {code}  {tenant.name}  在 {tenant.deployment}  {above}  密钥 {len(tenant.keys)} 把")
    return 0


def take(args: Namespace, tenants: list[str]) -> int:
    """Put the file's list in force. Raises Invalid where it cannot be read, Rejected where it does not hold."""
    try:
        signed = args.file.read_bytes()
    except OSError as error:
        raise Invalid({"file": str(error)}, f"读不到文件 {args.file}。") from error
    before = trusted.in_force().serial
    trust = trusted.take(signed, args.fingerprint)
    for tenant in tenants:
        written("import", tenant, str(trust.serial))
    changed = "已导入" if trust.serial != before or args.fingerprint else "与现用的相同，未改动"
    print(f"名录序号 {trust.serial}：{changed}，有效到 {clock.local(trust.expires_at):%Y-%m-%d %H:%M}。")
    return 0
