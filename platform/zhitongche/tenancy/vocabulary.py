"""The closed vocabulary of packs beside that of flows; docs/packs.md explains each word."""

from __future__ import annotations

from typing import Final

LEVELS: Final[dict[str, str]] = {"province": "省级", "city": "市级", "county": "县（区）级", "town": "镇级"}
"""Of a tenant and of a unit, from high to low."""

UNIT_KINDS: Final[dict[str, str]] = {
    "bureau": "受理部门",
    "taskforce": "工作专班",
    "department": "部门",
    "central": "中直、省直单位",
    "town": "镇（街道）",
    "district": "区（县）",
    "zone": "功能区",
    "leaders": "领导",
    "office": "政府办公室",
    "supervision": "督查部门",
    "register": "登记机关",
    "hall": "服务窗口",
    "hotline": "12345热线",
    "admin": "系统管理",
}
"""Of units; a clock's limit may depend on it."""

TERRITORIAL: Final = frozenset({"town", "district", "zone"})
"""Kinds of units that are a place's own: a pack built on another never inherits them."""

CATEGORIES: Final[dict[str, str]] = {
    "consultation": "咨询",
    "suggestion": "意见建议",
    "complaint": "投诉",
    "difficulty": "疑难复杂",
}
"""The categories that guards know; a pack names them in its own words."""

PETITION_LEVELS: Final[dict[str, str]] = {
    "unit": "部门（镇）级",
    "town": "镇级",
    "county": "县级",
    "city": "市级",
    "province": "省级",
}
"""On which floor of government a petition stands (诉求件层级)."""

ROUTINES: Final[dict[str, str]] = {
    "monthly_list": "梳理未办结诉求清单",
    "report": "定期汇总报告",
    "urging": "定期催办",
}
"""What the machine does by the calendar."""

ROUTINE_KEYS: Final[dict[str, frozenset[str]]] = {
    "report": frozenset({"covers", "tells"}),
    "urging": frozenset({"near", "by"}),
    "monthly_list": frozenset({"late_by"}),
}
"""What only a routine of that kind may say."""

URGING_MESSAGES: Final[dict[str, str]] = {"urging_ready": "催办名单待签发", "urging_sent": "催办通知已发出"}
FINDING_MESSAGES: Final[dict[str, str]] = {
    "finding_sent": "收到整改建议函", "finding_due": "整改反馈临近或超期", "finding_answered": "单位已反馈整改措施",
    "finding_closed": "共性问题已评定", "finding_reported": "共性问题报告", "problem_found": "发现共性问题线索",
}  # fmt: skip
"""Messages that a tenant needs which urges by the calendar, or which writes findings on repeated problems."""

ROUTINE_EVERY: Final[dict[str, str]] = {"week": "每周", "month": "每月", "quarter": "每季度"}
"""How often it does so."""

ROUTINE_COVERS: Final[dict[str, str]] = {"running": "上期报告次日至本日", "ended": "刚结束的自然周、月、季"}
"""What a report is about."""

REPORT_MESSAGE: Final = "report_made"
"""The message by which those who are to be told learn of a report."""

MISMATCH: Final[dict[str, str]] = {
    "review": "转登记核验部门二次审核",
    "note": "提示受理人员，不影响受理",
}
"""What follows where the enterprise does not match the legal-entity register (法人库)."""

SETTINGS: Final[dict[str, dict[str, str]]] = {
    "first_day": {"next_day": "收到当日不计入，自次日起算"},
    "after_hours": {"next_day": "非工作时间收到的，自次一工作日起算"},
    "hours": {"consecutive": "按小时计的期限连续计算，含周末和节假日"},
    "weekly_on_holiday": {"before": "约定日逢休息日的，提前到之前最近的工作日"},
    "routine_on_holiday": {"same_day": "例行清单逢休息日的，当日照常生成，审批自次一工作日起算"},
    "waiting": {"runs": "等待企业补充期间，时限照常计算"},
}
"""Readings (口径) of what the texts leave silent: question → possible answers; the first one is the default."""

GROUNDS_FOR_ESCALATION: Final[dict[str, str]] = {
    "unresolved": "经本级办理仍无法解决",
    "beyond_power": "超出本级职权",
}
"""On what ground a petition may go to the level above."""

SENDS_NOTICE: Final[dict[str, str]] = {
    "level": "上报层级",
    "category": "诉求类别",
    "matter": "诉求事项",
    "title": "标题",
    "area": "所在镇（区）",
    "ground": "上报情形",
    "clause": "条款",
    "deadline": "希望受理的时间",
    "received_on": "收件日期",
    "opinions": "各级意见",
    "dossier": "案卷摘要值",
}
"""What the level above may be told before it takes a petition: no enterprise, no contact, no attachment."""

SENDS_TAKEN: Final[dict[str, str]] = {
    "enterprise": "企业名称和信用代码",
    "content": "诉求内容",
    "wish": "企业希望",
    "contact_masked": "联系人（隐去部分）",
    "documents": "材料清单",
}
"""What it is told once it has taken it."""

SENDS_ON_REQUEST: Final[dict[str, str]] = {"contact": "联系人和手机", "document": "单份材料"}
"""What it is given on request only, with a purpose."""

SENDS_ALWAYS: Final[dict[str, frozenset[str]]] = {
    "notice": frozenset({"level", "category", "ground", "clause", "received_on", "dossier"}),
    "taken": frozenset({"enterprise", "content"}),
    "on_request": frozenset(),
}
"""What no way up can do without."""

RETURNS: Final[dict[str, str]] = {
    "taken": "受理",
    "progress": "进展",
    "asked": "要求补充",
    "decided": "处理意见",
    "returned": "退回",
}
"""What comes back from the level above."""

PORTAL_FIELDS: Final = frozenset({"name", "portal", "department", "hotline"})
"""What a pack's portal words may mention between braces."""

STANDING_MESSAGES: Final[dict[str, str]] = {
    "sms_code": "手机验证码",
    "due_soon": "时限临近提醒",
    "overdue": "超过时限提醒",
    "disclosure_approved": "查阅申请已同意",
    "disclosure_declined": "查阅申请未获同意",
    "digest": "每日汇总",
}
"""Messages that the platform itself sends, whatever the flow; a pack that takes petitions words them."""
