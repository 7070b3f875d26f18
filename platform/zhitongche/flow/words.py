"""What the flow says to people."""

from __future__ import annotations

from typing import Final

from zhitongche.flow.vocabulary import PARTIES, THROUGH

UNKNOWN_ACTION: Final = "没有这项操作，请刷新页面后重试"
NOT_YET: Final = "未登记"


def not_your_part(action: str, who: tuple[str, ...]) -> str:
    """Refusal for somebody whose part it is not."""
    return f"“{action}”由{'、'.join(PARTIES[p] for p in who)}办理，您没有这项权限"


def elsewhere(action: str, through: str | None) -> str:
    """Refusal for an action that belongs somewhere else."""
    return f"“{action}”在{THROUGH[through]}中办理，不能在诉求件上单独操作" if through else f"“{action}”应在诉求件上办理"


def wrong_stage(action: str, stage: str) -> str:
    """Refusal for an action out of turn."""
    return f"该诉求件当前处于“{stage}”环节，不能办理“{action}”"
