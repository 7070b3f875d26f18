"""The closed vocabulary of meetings.yaml; docs/packs.md explains each word."""

from __future__ import annotations

from typing import Final

from zhitongche.flow.parties import ROLE_PARTIES

STEPS: Final[dict[str, str]] = {
    "announce": "发布预约公告",
    "close_list": "报名截止",
    "draft": "研判并形成上会目录草案",
    "settle_leader": "确定出席领导",
    "submit": "报送目录",
    "coordinate": "协调研究并提出意见",
    "fix": "审定目录",
    "notify": "通知参会",
    "arrange": "落实现场分工",
    "hold": "召开会议",
    "write_up": "整理处理意见",
    "review": "审核处理意见",
    "approve": "审定处理意见并交办",
    "commit": "公布责任人、时限和措施",
    "reply_rest": "未上会件提交回复意见",
    "answer_rest": "统一回复未上会企业",
    "archive": "跟踪办结后归档",
}
"""What a step does; each at most once in a kind of meeting."""

INDISPENSABLE: Final = ("draft", "fix", "hold", "write_up", "approve")
"""Without these nothing comes out of a meeting."""

OWES: Final = frozenset({*ROLE_PARTIES, "units", "system"})
"""Who may owe a step: a role, each unit concerned, or the machine itself."""

ANCHORS: Final = ("day", "previous")
"""What a step's date is counted from beside the other steps: the day itself, the day of the meeting before."""

CONDITIONS: Final[dict[str, str]] = {
    "county_level": "已列为县级诉求",
    "unsatisfied": "办理后企业不满意",
    "unresolved": "办理后未能解决",
    "several_units_stuck": "涉及多个单位且牵头单位未能协调",
    "leader_instruction": "领导批示或指示",
    "typical_suggestion": "对营商环境有代表性的意见建议",
    "other_in": "其他应当上会的情形",
    "ordinary_suggestion": "一般性意见建议",
    "satisfied_at_call_back": "已办结且回访满意",
    "on_schedule": "正在办理且进展正常",
    "enterprise_keeps_off": "企业提出不上会",
    "other_out": "其他不宜上会的情形",
}
"""On what an agenda rule may rest."""

BY_PERSON: Final = frozenset({"leader_instruction", "typical_suggestion", "other_in", "other_out"})
"""Conditions that no record tells: somebody says so, with a reason."""

ENLIST: Final[dict[str, str]] = {"draft": "列入目录草案时", "fix": "目录审定时"}
"""When a petition learns that it is on the catalogue."""

LEADER: Final[dict[str, str]] = {"rotation": "按名单轮流", "chosen": "每次指定"}
ON_HOLIDAY: Final[dict[str, str]] = {"next": "顺延到下一个工作日", "previous": "提前到上一个工作日"}
INVITED: Final[dict[str, str]] = {"lead": "主办单位", "co": "协办单位", "enterprise": "企业负责人"}

MESSAGES: Final[dict[str, str]] = {
    "meeting_step": "会议事项临期、超期提醒",
    "meeting_moved": "会议改期",
    "meeting_leader": "出席领导变更",
    "meeting_notice": "单位参会通知",
    "meeting_invitation": "企业参会通知",
    "meeting_opinion": "处理意见待落实",
}
"""What a tenant that holds meetings must have words for."""
