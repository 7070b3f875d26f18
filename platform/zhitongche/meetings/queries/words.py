"""How the facts behind a verdict, and entries of the log, are told."""

from __future__ import annotations

from typing import Final

FACTS: Final[dict[str, str]] = {
    "level": "级别", "category": "类别", "stage": "现在环节", "open": "在办", "satisfaction": "评价", "given_by": "评价来源",
    "rated_at": "评价时间", "resolution": "办理结果", "answered_at": "答复时间", "closed_at": "办结时间", "next_due": "最近到期",
    "co_units": "协办单位", "late": "现已超期的期限", "keeps_off": "企业提出不上会", "by_person": "人工认定",
}  # fmt: skip
COUNTED: Final[dict[str, str]] = {"co_units": "{}个", "late": "{}项"}
GIVEN_BY: Final[dict[str, str]] = {"enterprise": "企业评价", "call_back": "回访所得", "default": "逾期默认"}
YES: Final[dict[bool, str]] = {True: "是", False: "否"}
GONE: Final = "规则已不再适用"
MOVED: Final = "由{before}改为{after}，原因：{reason}"
LEADER: Final = "由{before}改为{after}，原因：{reason}"
JUDGED: Final = "上会{in}件，不上会{out}件，待定{undecided}件"
STEP_DUE: Final = "{step}（{meeting}）到期"
