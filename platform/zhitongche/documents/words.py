"""What the papers' room says to people."""

from __future__ import annotations

from typing import Final

UNKNOWN_FACTS: Final = "公文模板不认识的填充项：{names}"
NO_TEMPLATE: Final = "本租户没有“{kind}”的公文模板"
STATES: Final[dict[str, str]] = {"draft": "拟稿中", "reviewing": "待审核", "approving": "待批准", "approved": "待签发", "issued": "已签发"}
EVENTS: Final[dict[str, str]] = {
    "drafted": "拟稿",
    "edited": "修改",
    "submitted": "送审",
    "reviewed": "审核同意",
    "approved": "批准",
    "returned": "退回修改",
    "issued": "签发",
    "superseded": "被替代",
}
TURNS: Final[dict[str, str]] = {"draft": "核对送审", "reviewing": "审核", "approving": "批准", "approved": "签发"}
"""What those are asked to do whose turn it is."""
KEY_STATES: Final[dict[str, str]] = {"proposed": "已提请", "declined": "曾提请，未同意"}
"""What the key list notes beside what was put before the leader already."""
UNNUMBERED: Final = "（不编号）"
WRONG_STATE: Final = "公文{state}，现在不能{what}"
CHANGED_MEANWHILE: Final = "您打开本页之后，这份公文已有改动，未保存。请先复制您的修改，再重新打开本页"
NOT_YOURS: Final = "这一步由{role}办理"
BLANKS: Final = "尚有未填写的内容：{names}。请补充后再办"
OPINION_NEEDED: Final = "退回时请写明意见"
TITLE_NEEDED: Final = "请填写标题"
BODY_NEEDED: Final = "请填写正文"
TOO_LONG: Final = "最多{limit}字，现有{length}字"
IN_THE_MEETING: Final = "这份公文随会议审定，请在会议中办理"
NOT_ISSUED: Final = "只有已签发的公文才能被替代"
SUPERSEDED_ALREADY: Final = "该公文已被替代"
FILE_BROKEN: Final = "公文原件与登记的校验值不符，请立即报告系统管理员"
NUMBER: Final = "{series}〔{year}〕{number}号"
WATERMARK: Final = "{name}　{moment}"
DOES: Final[dict[str, str]] = {"draft": "修改或送审", "reviewing": "审核", "approving": "批准", "approved": "签发"}
"""What is done to a paper in this state."""
