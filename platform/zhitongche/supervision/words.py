"""What supervision says to people."""

from __future__ import annotations

from typing import Final

SYSTEM_FOUND: Final = "系统分析"

URGED_FOR: Final = "{owed}：{state}。{text}"
LATE: Final = "超期{days}个工作日"
LATE_TODAY: Final = "今日到期后未办"
NEAR: Final = "{day}到期"
SOON: Final = "即将到期"
STANDING_TEXT: Final = "请于三个工作日内办结或在平台说明情况和完成时限，并主动与企业沟通。"
DONE_MEANWHILE: Final = "签发时已经办理"
NOT_LISTED: Final = "名单中没有这一项，或已经处理"
WHY_LEFT_OUT: Final = "请写明不催办的理由"
TEXT_NEEDED: Final = "请写明催办要求"
TOO_LONG: Final = "最多{limit}字，现有{length}字"
ISSUED_ALREADY: Final = "这份催办名单已由{name}签发"
OVERTAKEN: Final = "已有新一期催办名单，请在新名单上签发"
NOTHING_LEFT: Final = "名单中没有要催办的事项"
NOT_YOURS: Final = "催办名单由{roles}核对签发"

SERIOUS: Final = "已超期{days}个工作日（满{limit}个工作日为严重滞后）"
URGED_TIMES: Final = "已催办{count}次"
REPORTS_MISSED: Final = "连续{count}次未报进展"

GROUND_MORE: Final = "近{days}天{now}件，前{span}天{before}件"
GROUND_ONLY: Final = "近{days}天{now}件"
GROUND_ALIKE: Final = "其中{alike}件内容相近"
GROUND_ALL_ALIKE: Final = "内容相近"

PROBLEM_STATES: Final = {"open": "待核对", "aside": "已搁置", "taken": "已形成建议"}
FINDING_STATES: Final = {"drafted": "拟稿审批中", "sent": "待单位反馈", "answered": "跟踪成效", "closed": "已评定"}
FINDING_VERDICTS: Final = {"effective": "整改有效", "partly": "部分有效", "ineffective": "未见成效"}
PROBLEM_EVENTS: Final = {
    "proposed": "系统提出线索",
    "grown": "同类诉求增加",
    "added": "补入诉求件",
    "removed": "移出诉求件",
    "aside": "搁置",
    "drafted": "拟写问题和建议",
    "sent": "建议函已发出",
    "asked": "拟写政府报告",
    "reported": "已报告政府",
    "answered": "单位反馈整改措施",
    "again": "要求继续整改",
    "missed": "超期未反馈",
    "closed": "评定成效",
}
REASON_NEEDED: Final = "请写明理由"
TEXT_OF_FINDING: Final = "请写明问题表现"
SUGGESTION_NEEDED: Final = "请写明整改建议"
ADDRESSEE_NEEDED: Final = "请选择发往的单位或区县"
MEASURES_NEEDED: Final = "请写明整改措施"
PERSON_NEEDED: Final = "请写明责任人"
DONE_BY_NEEDED: Final = "请填写完成时限"
DONE_BY_PAST: Final = "完成时限不能早于今天"
VERDICT_NEEDED: Final = "请选择评定结果"
NO_SUCH_PETITION: Final = "没有编号为{number}的诉求件"
IN_ALREADY: Final = "该件已在其中"
OF_ONE: Final = "至少保留两件诉求，才谈得上共性问题"
NAMES_ENTERPRISE: Final = "收函单位没有承办其中部分诉求，内容不得出现{what}，请改写（如“某企业”）"
WRONG_STATE: Final = "现在是“{state}”，不能{what}"
NOT_ASKED: Final = "这份建议函不是发给您单位的"
NO_RULE: Final = "本地没有设置共性问题的提出规则"
NO_REPORT: Final = "本地没有向政府报告的公文模板"
REPORTED_ALREADY: Final = "已经拟写过报告"
MASKED: Final = "（其他单位承办的同类诉求）"
WAITING: Final = "现有待核对的共性问题线索{count}条：{named}。"
LETTER_SENT: Final = "就{title}（{ground}）向{unit}发出整改建议函，目前{state}。"
BY_TRIAGE: Final = "由受理专员办理"
BY_LEADER: Final = "由分管领导决定"
DECIDED_ALREADY: Final = "{name}已作出决定"
NOT_AGREED: Final = "领导同意的，才能登记结果"
RESULT_NEEDED: Final = "请写明落实情况"
TOLD_ALREADY: Final = "已登记落实情况"
MARKS: Final = {"commend": "典型事例", "fault": "严肃处理"}
