"""The types of messages, and which way each goes."""

from typing import Final

ESCALATE: Final = "case.escalate.v1"
DETAILS: Final = "case.details.v1"
SUPPLEMENT: Final = "case.supplement.v1"
WITHDRAW: Final = "case.withdraw.v1"
STATUS: Final = "case.status.v1"
RETURN: Final = "case.return.v1"
REQUEST: Final = "document.request.v1"
OFFER: Final = "document.offer.v1"
RECEIPT: Final = "receipt.v1"
RESYNC: Final = "resync.v1"
SEAL: Final = "seal.v1"
FIGURES: Final = "figures.v1"

UP: Final = frozenset({ESCALATE, DETAILS, SUPPLEMENT, WITHDRAW, OFFER, FIGURES})
DOWN: Final = frozenset({STATUS, RETURN, REQUEST})
CONTROL: Final = frozenset({RECEIPT, RESYNC, SEAL})
"""Not numbered (sequence 0), both ways; a tenant that could not send them would be deaf, so no list forbids them."""
UNNUMBERED: Final = CONTROL | {FIGURES}
"""In no stream: figures replace what was told before, so neither order nor loss matters; the list may forbid them."""
TYPES: Final[dict[str, str]] = {
    ESCALATE: "上报通知",
    DETAILS: "诉求详情",
    SUPPLEMENT: "补充材料",
    WITHDRAW: "撤回",
    STATUS: "办理进展",
    RETURN: "退回下级",
    REQUEST: "调阅材料",
    OFFER: "提供材料",
    RECEIPT: "回执",
    RESYNC: "对账",
    SEAL: "存证",
    FIGURES: "统计数",
}
"""Every type, with its Chinese name."""
