"""The closed vocabulary of flows. A pack may use these words and no others; docs/packs.md explains each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

PARTIES: Final[dict[str, str]] = {
    "enterprise": "企业",
    "triage": "受理部门",
    "proposed": "拟承办单位",
    "lead": "主办单位",
    "co": "协办单位",
    "leader": "领导",
    "office": "政府办公室",
    "supervision": "督查部门",
    "reviewer": "登记核验部门",
    "window": "服务窗口",
    "hotline": "12345热线",
    "system": "系统",
    "above": "上级",
    "below": "下级",
}
"""Who can owe or act. `lead`, `co`, `proposed` and `enterprise` depend on the case, the rest are roles of people;
`above` and `below` are other tenants: they owe, and act through the system when their message comes."""

OTHER_LEVELS: Final = frozenset({"above", "below"})
"""Parties that are nobody of this tenant."""

ROLES: Final[dict[str, str]] = {
    "triage": "受理专员",
    "handler": "承办经办人",
    "leader": "分管领导",
    "office": "政府办公室",
    "supervision": "督查专员",
    "reviewer": "登记核验员",
    "window": "窗口人员",
    "hotline": "12345话务员",
    "admin": "系统管理员",
    "operator": "运维人员",
    "province": "省级管理员",
}

PHASES: Final[dict[str, str]] = {
    "submitted": "已提交",
    "screening": "受理审核",
    "handling": "部门办理",
    "answered": "答复评价",
    "closed": "办结",
}
"""The five steps that an enterprise sees whatever the flow beneath."""

OUTCOMES: Final[dict[str, str]] = {
    "resolved": "已办结",
    "refused": "不予受理",
    "withdrawn": "企业撤回",
    "joined": "并入在办件",
    "returned": "退回下级",
}

LIMITS_BY: Final = frozenset({"matter", "plan", "opinion", "milestone", "meeting", "above"})
"""Where a limit comes from when it is not fixed: the category, the accepted plan, the opinion's date, each milestone,
the day of the meeting (with a default: so long after that day), what the level above has told (else the default)."""

THROUGH: Final[dict[str, str]] = {"meeting": "会议", "urging": "催办名单"}
"""Actions that are not carried out on the case itself, but where its fate is decided for many at once."""

WEEKDAYS: Final[dict[str, int]] = {
    "monday": 0,
    "tuesday": 1,
    "wednesday": 2,
    "thursday": 3,
    "friday": 4,
}

TEMPLATE_FIELDS: Final = frozenset({"number", "title", "enterprise", "unit", "due", "link", "reason", "portal", "text", "stage"})
"""What a pack's message may mention between braces."""


@dataclass(frozen=True, slots=True)
class NeedKind:
    """How a need is filled in: `kind` tells the form which control, `max_length` counts characters."""

    kind: str
    label: str
    max_length: int = 0
    min_length: int = 0


NEEDS: Final[dict[str, NeedKind]] = {
    "accept_ground": NeedKind("choice", "受理依据"),
    "refusal_ground": NeedKind("choice", "不予受理情形"),
    "reason": NeedKind("longtext", "理由", 1000, 4),
    "opinion": NeedKind("longtext", "意见", 2000, 2),
    "reply": NeedKind("longtext", "办理答复", 4000, 4),
    "text": NeedKind("longtext", "情况说明", 4000, 2),
    "lead": NeedKind("unit", "主办单位"),
    "co": NeedKind("units", "协办单位"),
    "proposed": NeedKind("unit", "拟承办单位"),
    "should_be": NeedKind("unit", "建议改派单位"),
    "category": NeedKind("choice", "诉求类别"),
    "matter": NeedKind("choice", "诉求事项"),
    "leader_needed": NeedKind("checkbox", "需市（县）领导协调"),
    "due": NeedKind("date", "办理期限"),
    "meeting_day": NeedKind("date", "会议日期"),
    "how": NeedKind("choice", "方式"),
    "happened": NeedKind("datetime", "时间"),
    "with_whom": NeedKind("text", "对方人员", 60),
    "verdict": NeedKind("choice", "决定"),
    "satisfaction": NeedKind("choice", "企业评价"),
    "resolution": NeedKind("choice", "办理结果"),
    "milestones": NeedKind("milestones", "阶段安排"),
    "milestone": NeedKind("milestone", "阶段"),
    "into": NeedKind("petition", "并入的诉求件"),
    "holder": NeedKind("text", "承办单位", 100),
    "until": NeedKind("moment", "告知的期限"),
    "document": NeedKind("choice", "调阅的材料"),
    "files": NeedKind("files", "附件"),
}
"""Every field that an action may ask for."""

HOW: Final[dict[str, str]] = {"phone": "电话", "visit": "上门走访", "talk": "面对面座谈", "online": "线上沟通"}
VERDICTS: Final[dict[str, str]] = {"agree": "同意", "disagree": "不同意"}
SATISFACTION: Final[dict[str, str]] = {"satisfied": "满意", "unsatisfied": "不满意"}
RESOLUTIONS: Final[dict[str, str]] = {"resolved": "已解决", "partly": "部分解决", "explained": "已解释说明", "unresolved": "未能解决"}


@dataclass(frozen=True, slots=True)
class Verb:
    """A use case that an action may call, with the needs that it cannot do without; `by_message`: the level whose message calls it."""

    name: str
    requires: frozenset[str] = frozenset()
    starts_case: bool = False
    by_message: str = ""


def _verbs(*verbs: Verb) -> dict[str, Verb]:
    return {verb.name: verb for verb in verbs}


VERBS: Final[dict[str, Verb]] = _verbs(
    Verb("register", starts_case=True),
    Verb("verify", frozenset({"verdict"})),
    Verb("join", frozenset({"into"})),
    Verb("refuse", frozenset({"refusal_ground", "reason"})),
    Verb("propose", frozenset({"proposed"})),
    Verb("confirm"),
    Verb("decline", frozenset({"reason"})),
    Verb("fix", frozenset({"lead", "opinion"})),
    Verb("approve", frozenset({"verdict"})),
    Verb("issue"),
    Verb("assign", frozenset({"lead"})),
    Verb("receive"),
    Verb("object", frozenset({"reason", "should_be"})),
    Verb("settle", frozenset({"verdict"})),
    Verb("contact", frozenset({"how", "happened", "text"})),
    Verb("note", frozenset({"text"})),
    Verb("progress", frozenset({"text"})),
    Verb("plan", frozenset({"text", "due", "milestones"})),
    Verb("settle_plan", frozenset({"verdict"})),
    Verb("milestone", frozenset({"milestone", "text"})),
    Verb("reply", frozenset({"reply", "resolution"})),
    Verb("reply_part", frozenset({"reply"})),
    Verb("give_up", frozenset({"opinion"})),
    Verb("raise_level", frozenset({"opinion", "verdict"})),
    Verb("hand_out", frozenset({"opinion", "due"})),
    Verb("enlist", frozenset({"meeting_day"})),
    Verb("reschedule", frozenset({"meeting_day"})),
    Verb("take_up"),
    Verb("pass_over"),
    Verb("keep_off"),
    Verb("allow_on"),
    Verb("answer", frozenset({"reply"})),
    Verb("send_back", frozenset({"reason"})),
    Verb("call_back", frozenset({"how", "happened", "with_whom", "satisfaction"})),
    Verb("rate", frozenset({"satisfaction"})),
    Verb("default_rating"),
    Verb("pass_on"),
    Verb("finalise", frozenset({"reply"})),
    Verb("supplement", frozenset({"text"})),
    Verb("withdraw", frozenset({"reason"})),
    Verb("urge", frozenset({"text"})),
    Verb("propose_key", frozenset({"reason"})),
    Verb("approve_key", frozenset({"verdict"})),
    Verb("commend", frozenset({"reason"})),
    Verb("report_fault", frozenset({"reason"})),
    Verb("explain", frozenset({"opinion"})),
    Verb("endorse", frozenset({"opinion", "verdict"})),
    Verb("send_up", frozenset({"opinion", "verdict"})),
    Verb("supplement_up", frozenset({"text"})),
    Verb("delivered_above", by_message="above"),
    Verb("taken_above", frozenset({"holder"}), by_message="above"),
    Verb("progress_above", by_message="above"),
    Verb("asked_above", frozenset({"text"}), by_message="above"),
    Verb("returned_above", frozenset({"reason"}), by_message="above"),
    Verb("decided_above", frozenset({"reply"}), by_message="above"),
    Verb("report_in", starts_case=True, by_message="below"),
    Verb("take"),
    Verb("return_report", frozenset({"reason"})),
    Verb("ask_below", frozenset({"text"})),
    Verb("request_document", frozenset({"document", "reason"})),
    Verb("supplemented_below", frozenset({"text"}), by_message="below"),
    Verb("withdrawn_below", frozenset({"reason"}), by_message="below"),
)
"""The use cases of `casework`; a meta-test keeps this table and that room in step."""
