"""What the operator's pages say."""

from __future__ import annotations

from typing import Final

RETRIED: Final = "已重新排队，一分钟内发送。"
CANCELLED: Final = "已取消，不再发送。"
OTHER_MESSAGE: Final = "系统消息"
STATE_TONES: Final = {
    "queued": "primary", "held": "plain", "sending": "primary", "sent": "success", "merged": "plain",
    "failed": "danger", "uncertain": "warning", "cancelled": "plain",
}  # fmt: skip
PARTS: Final[dict[str, tuple[str, str]]] = {
    "relay": ("消息发送", "把办理产生的通知发出去，每半分钟一轮"),
    "sweep": ("期限巡查", "发现临近和超过的期限并处置，每20秒一轮"),
    "nightly": ("定时核对", "重新核定暂定期限、报告积压，每小时一轮"),
}
TOPICS: Final = {"notice": "办理通知", "outbox.stuck": "积压提醒"}
