"""`bridge seals`: prove the journal by the seals that neighbours keep; hand over those that we keep for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from escalation.carriage import proving, words
from escalation.ledger import seals
from escalation.wire import notation
from escalation.wire.reasons import Rejected
from zhitongche.kernel.errors import Invalid
from zhitongche.persistence import tenant_scope, unit_of_work

if TYPE_CHECKING:
    from argparse import Namespace
    from pathlib import Path

_ALL: Final = 2**31 - 1


def verify(args: Namespace, tenants: list[str]) -> int:
    """Print what was compared and what is wrong; 1 where anything is."""
    held = {file.stem: _read(file) for file in args.kept} if args.kept else None
    return max(_verified(tenant, held) for tenant in tenants)


def export(args: Namespace, tenants: list[str]) -> int:
    """Write a neighbour's seals as they came, one a line in base64."""
    with tenant_scope(tenants[0]), unit_of_work():
        kept = seals.kept_after(args.of, 0, _ALL)
    args.file.write_text("".join(f"{notation.base64_of(one)}\n" for one in kept), "ascii")
    print(f"{args.of} 的存证 {len(kept)} 份，已写入 {args.file}")
    return 0


def _verified(tenant: str, held: dict[str, list[bytes]] | None) -> int:
    proof = proving.prove(tenant, held)
    print(words.PROVED.format(tenant=tenant, seals=proof.seals, entries=proof.entries, compared=proof.compared))
    print(*(f"  说明：{one}" for one in proof.notes), *(f"  不符：{one}" for one in proof.wrong), sep="\n", end="\n" if proof.notes or proof.wrong else "")
    return 1 if proof.wrong else 0


def _read(file: Path) -> list[bytes]:
    try:
        return [notation.bytes_of(line) for line in file.read_text("ascii").split()]
    except (Rejected, UnicodeDecodeError, OSError) as error:
        raise Invalid({"kept": str(error)}, f"{file} 不是存证文件") from error
