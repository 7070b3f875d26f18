"""What the flow says to people."""

from __future__ import annotations

from typing import Final

from zhitongche.flow.vocabulary import PARTIES

UNKNOWN_ACTION: Final = "没有这项操作，请刷新页面后重试"
NOT_YET: Final = "未登记"


def not_your_part(action: str, who: tuple[str, ...]) -> str:
    """Refusal for somebody whose part it is not."""
    return f"“{action}”由{'、'.join(PARTIES[p] for p in who)}办理，您没有这项权限"


def wrong_stage(action: str, stage: str) -> str:
    """Refusal for an action out of turn."""
    return f"该诉求件当前处于“{stage}”环节，不能{action}"
