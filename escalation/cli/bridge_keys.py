"""`bridge keys`: which keys sign for a tenant and until when; changing and revoking them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from escalation.carriage import home, rotating, trusted
from escalation.carriage.keyring import Keyring
from escalation.carriage.pens import GRACE
from escalation.cli.bridge_acts import written
from zhitongche.kernel import clock
from zhitongche.kernel.errors import Conflict, NotFound

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator

HAND_OVER = "本部署不签发名录：请把下面的公钥交给签发方，导入新名录后生效。"

NOT_OURS = "本部署不签发名录：请把密钥编号告诉签发方吊销，并执行 keys rotate 交出新公钥。"


def listing(_args: Namespace, tenants: list[str]) -> int:
    """Print them."""
    for tenant in tenants:
        print("\n".join((tenant, *_lines(tenant))))
    return 0


def rotate(args: Namespace, _tenants: list[str]) -> int:
    """Announce the next key; the worker takes it into use when every peer knows it."""
    key = rotating.announce(args.tenant)
    written("rotate", args.tenant, key.keyid)
    minutes = int(GRACE.total_seconds() // 60)
    print(f"已公布新密钥 {key.keyid}，{minutes} 分钟后自动启用。" if trusted.is_own_anchor() else f"{HAND_OVER}\n{key.public.to_pem()}".rstrip())
    return 0


def revoke(args: Namespace, _tenants: list[str]) -> int:
    """Revoke one. Raises NotFound for a key that is not the tenant's, Conflict where another issues the list."""
    ring = Keyring(home.folder())
    if args.keyid not in {key.keyid for key in trusted.keys_of(args.tenant)}:
        raise NotFound(f"{args.tenant} 没有编号为“{args.keyid}”的密钥，见 keys list。")
    if not trusted.is_own_anchor():
        raise Conflict(NOT_OURS)
    if args.keyid in {key.keyid for key in ring.all(args.tenant)}:
        _replace(ring, args.tenant, args.keyid)
    trusted.revoke(args.keyid)
    written("revoke", args.tenant, args.keyid)
    print(f"已吊销 {args.keyid}，名录序号 {trusted.in_force().serial}；现用密钥 {ring.active(args.tenant).keyid}。")
    return 0


def _replace(ring: Keyring, tenant: str, keyid: str) -> None:
    # Twice where the announced key is the lost one: neither may sign again.
    ring.announce(tenant)
    ring.change(tenant)
    if ring.active(tenant).keyid == keyid:
        ring.announce(tenant)
        ring.change(tenant)


def _lines(tenant: str) -> Iterator[str]:
    ring, now = Keyring(home.folder()), clock.now()
    coming, active = ring.next(tenant), ring.active(tenant).keyid
    for key in sorted(trusted.keys_of(tenant), key=lambda key: key.from_, reverse=True):
        if key.revoked_at:
            state = "已吊销"
        elif key.until <= now:
            state = "已到期"
        else:
            state = "使用中" if key.keyid == active else "待启用" if coming and key.keyid == coming.keyid else "只验旧签名"
        yield f"  {key.keyid}  {state}  {clock.local(key.from_):%Y-%m-%d %H:%M} 至 {clock.local(key.until):%Y-%m-%d %H:%M}"
