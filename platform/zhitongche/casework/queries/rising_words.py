"""How a case's way between levels of government is told, to enterprises and officials alike."""

from __future__ import annotations

from typing import Final

SENT: Final = "已发出"
DELIVERED: Final = "已送达"
NOT_DELIVERED: Final = "未回执"
TAKEN: Final = "已受理"
NOT_TAKEN: Final = "待受理"
RETURNED: Final = "退回"
DECIDED: Final = "已作出处理意见"
NOT_DECIDED: Final = "待作出处理意见"
WITHDRAWN: Final = "已撤回"
"""Sent, delivered and taken are three facts and never one word for two."""

WHY: Final[dict[str, str]] = {
    SENT: "报送给{name}",
    DELIVERED: "{name}的系统已收到，回执已核验",
    NOT_DELIVERED: "还没有收到{name}系统的回执，系统会一直重发",
    TAKEN: "{name}受理，从此由其负责办理",
    NOT_TAKEN: "受理之前，仍由原办理单位负责",
    RETURNED: "{name}退回，由原办理单位继续办理",
    DECIDED: "{name}作出处理意见，由原受理部门答复企业",
    NOT_DECIDED: "{name}正在办理",
    WITHDRAWN: "企业已撤回诉求，不再上报",
}
"""What each fact means, in plain words."""

ARRIVED: Final = "收到上报"
REVEALED: Final = "已移送诉求内容"
NOT_REVEALED: Final = "待移送诉求内容"
GIVEN_BACK: Final = "已退回"
WHY_HERE: Final[dict[str, str]] = {
    ARRIVED: "{name}报来，已自动发给回执",
    TAKEN: "从此由本级负责办理，{name}已被告知",
    NOT_TAKEN: "受理之前，仍由{name}负责",
    REVEALED: "{name}移送了企业名称、诉求内容和材料清单",
    NOT_REVEALED: "{name}得知受理后移送，通常只需几分钟",
    GIVEN_BACK: "退回{name}办理，理由已告知",
    WITHDRAWN: "企业在{name}撤回了诉求",
}
"""The same for what came from below."""
UNSEEN: Final = (
    "现在只能看到上报理由和各级意见，据此决定受理或退回。企业名称、诉求内容和材料清单，受理后由{name}移送；"
    "联系方式和单份材料，受理后按用途调阅，两级都有记录。"
)
ON_ITS_WAY: Final = "已受理，正等{name}移送企业名称、诉求内容和材料清单。"
NEVER_SEEN: Final = "已退回{name}，企业信息和诉求内容没有移送到本级。"
ERASED: Final = "企业已在{name}撤回诉求，移送到本级的内容、联系方式和材料已经清除。"

HERE: Final = "现在在这里"
ENDED_HERE: Final = "在此办结"
WAITS: Final = "等待受理"
GAVE_BACK: Final = "已退回"
HAS_DECIDED: Final = "已作出处理意见"
BEEN: Final = "办理过"

WAYS: Final[dict[str, str]] = {
    "up": "已上报",
    "unreceipted": "已上报、未回执",
    "untaken": "已上报、待受理",
    "above": "上级办理中",
    "below": "下级上报",
}
"""Filters of lists by how a case passes between levels."""
MARKS: Final[dict[str, tuple[str, str]]] = {
    "unreceipted": ("已上报、未回执", "warning"),
    "untaken": ("已上报、待受理", "primary"),
    "above": ("上级办理中", "primary"),
    "decided": ("上级已有意见", "success"),
    "returned": ("上级已退回", "warning"),
}
"""What stands beside a case in a list, with its tone."""
