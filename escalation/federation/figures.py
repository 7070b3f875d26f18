"""What a storm came to, in numbers: for people, and as JSON."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from statistics import median, quantiles
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from escalation.federation.camp import Camp

_MESSAGES: Final = (
    "select type, tries, receipts, octet_length(envelope) as bytes, octet_length(receipt) as receipt_bytes,"
    " extract(epoch from receipted_at - emitted_at)::float as seconds from bridge_outgoing"
)


@dataclass(frozen=True, slots=True)
class Figures:
    """Seconds of real time; `tries` counts sendings, `p95` is in seconds from promise to receipt."""

    seed: int
    cases: int
    rises: int
    seconds_storm: float
    seconds_calm: float
    messages: int
    by_type: Mapping[str, int]
    tries: int
    doubles_receipted: int
    mean_bytes: float
    mean_receipt_bytes: float
    median_seconds: float
    p95_seconds: float
    kills: Mapping[str, int]
    line: Mapping[str, int]
    broken_acts: int
    faults: tuple[str, ...]

    def plain(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)

    def lines(self) -> Iterator[str]:
        """For people."""
        line = self.line
        yield f"风暴（种子 {self.seed}）：诉求 {self.cases} 件，上报 {self.rises} 次，历时 {self.seconds_storm:.0f} 秒，风停后 {self.seconds_calm:.0f} 秒平静"
        yield f"  报文 {self.messages} 件：" + "、".join(f"{kind} {count}" for kind, count in sorted(self.by_type.items()))
        yield f"  线路：请求 {line.get('requests', 0)} 次，风停后 {line.get('requests_after', 0)} 次；发出前丢 {line.get('lost_before', 0)}，送到后丢答复 {line.get('lost_after', 0)}，重复 {line.get('doubled', 0)}，延迟 {line.get('delayed', 0)}，对方进程不在 {line.get('unanswered', 0)}"
        yield "  强杀：" + "、".join(f"{part} {count} 次" for part, count in sorted(self.kills.items())) + f"；办理时断线 {self.broken_acts} 次"
        yield f"  每件报文：发送 {self.tries / max(self.messages, 1):.2f} 次，{self.mean_bytes:.0f} 字节，回执 {self.mean_receipt_bytes:.0f} 字节；从写下到收到回执，中位 {self.median_seconds:.1f} 秒，95% 在 {self.p95_seconds:.1f} 秒内"
        yield from (f"✗ {what}" for what in self.faults)
        yield "✓ 不丢、不重、双方一致、每件有回执、无人负责的 0 件" if not self.faults else f"✗ 共 {len(self.faults)} 处不成立"


def of_messages(camps: list[Camp]) -> dict[str, Any]:
    """What the books say of all messages."""
    rows = [row for camp in camps for row in camp.rows(_MESSAGES)]
    types: dict[str, int] = {}
    for row in rows:
        types[row.type] = types.get(row.type, 0) + 1
    waits = [row.seconds for row in rows if row.seconds is not None] or [0.0]
    return {
        "messages": len(rows), "by_type": types, "tries": sum(row.tries for row in rows),
        "doubles_receipted": sum(max(row.receipts - 1, 0) for row in rows),
        "mean_bytes": _mean([row.bytes for row in rows]), "mean_receipt_bytes": _mean([row.receipt_bytes or 0 for row in rows]),
        "median_seconds": median(waits), "p95_seconds": quantiles(waits, n=20)[-1] if len(waits) > 1 else waits[0],
    }  # fmt: skip


def _mean(values: list[int]) -> float:
    return sum(values) / max(len(values), 1)
