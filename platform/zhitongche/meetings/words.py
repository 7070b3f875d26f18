"""What the meetings room says to people."""

from __future__ import annotations

from typing import Final

STATES: Final[dict[str, str]] = {
    "preparing": "筹备中",
    "fixed": "目录已审定",
    "held": "已召开，待交办",
    "decided": "意见已交办，跟踪落实",
    "archived": "已归档",
}
VERDICTS: Final[dict[str, str]] = {"in": "上会", "out": "不上会", "undecided": "待定"}
PARTIES: Final[dict[str, str]] = {"unit": "参会单位", "enterprise": "参会企业", "duty": "现场分工"}
ACTS: Final[dict[str, str]] = {
    "opened": "列入日程",
    "called": "召集会议",
    "moved": "改期",
    "leader": "变更出席领导",
    "judged": "按规则研判",
    "marked": "人工认定情形",
    "overruled": "人工改定",
    "ordered": "调整次序",
    "proposed": "提出处理建议",
    "changed": "审定后调整目录",
    "attended": "登记到会",
    "opinion": "记录处理意见",
    "commitment": "公布承诺",
    "fulfilled": "承诺已落实",
    "voided": "承诺随处理意见调整作废",
    "missed": "超过时限",
    "not_handed": "意见未能交办",
}
"""Entries of the log beside the steps themselves, which go by their own names."""

TITLE_OF_MONTH: Final = "{month.year}年{month.month}月{name}"
TITLE_OF_DAY: Final = "{day.year}年{day.month}月{day.day}日{name}"
TITLE_OF_THEME: Final = "{title}（{theme}专场）"

NOT_YOUR_STEP: Final = "“{step}”由{who}办理，您没有这项权限"
NOT_YOUR_PART: Final = "只有{who}可以办理"
DONE_ALREADY: Final = "“{step}”已经完成"
FIRST: Final = "须先完成“{step}”"
NOT_BEFORE_DAY: Final = "会议日期是{day}，当日起才能办理"
NOTHING_OPEN: Final = "“{step}”没有需要您单位办理的事项"
BY_ITSELF: Final = "“{step}”随诉求件的答复自动完成，请在诉求件上提交"
LEADER_UNKNOWN: Final = "请从领导名单中选择"
LEADER_NEEDED: Final = "请确定出席领导"
UNDECIDED: Final = "还有未决定是否上会的诉求：{numbers}。请逐件决定并写明理由"
NOT_LISTED: Final = "该诉求件不在本次会议的清单中"
CANNOT_LIST: Final = "诉求件 {number} 目前的环节不能列入会议"
LISTED_ELSEWHERE: Final = "诉求件 {number} 已列入“{title}”"
NO_RULE: Final = "没有规则适用于该诉求件，请先认定上会情形并写明理由"
AGENDA_FIXED: Final = "目录已经审定，请对单件作出调整并写明理由"
AGENDA_CLOSED: Final = "会议已经召开，目录不能再改"
NO_OPINION: Final = "以下上会诉求还没有处理意见：{numbers}"
OPINION_CLOSED: Final = "处理意见已经审定，不能再改"
OPINION_EARLY: Final = "会议当日起才能记录处理意见"
NOT_TAKEN: Final = "该诉求件未上会研究"
NO_OPINION_FOR_UNIT: Final = "本单位在该诉求件上没有处理意见要落实"
DONE_BEFORE: Final = "该承诺已登记落实"
NONE_READY: Final = "还没有可以答复的未上会诉求"
STILL_OPEN: Final = "以下事项还没有办结：{numbers}"
NOT_A_WORKING_DAY: Final = "{day}不是工作日，请另选一天"
DAY_PAST: Final = "会议日期应在今天之后"
SAME_DAY: Final = "会议日期没有变化"
BEFORE_PREVIOUS: Final = "会议日期应晚于上一次会议（{day}）"
PAPER_BACK: Final = "“{name}”已退回或尚未送审（{state}），请先在公文页办理，再继续这一步"
ARCHIVED: Final = "会议已经归档，不能再变更"
HELD_ALREADY: Final = "会议已经召开，不能再变更"
NOT_CALLED: Final = "这类会议按月举办；专项专场请选定专题"
NO_SPECIAL: Final = "这类会议不设专项专场"
BAD_THEME: Final = "请选择专题"
REQUIRED: Final = "请填写{label}"
DAY_AHEAD: Final = "{label}应晚于今天"
CALENDAR_CHANGED: Final = "工作日历调整"
NONE: Final = "无"
MOVED_TEXT: Final = "由{before}改为{after}，原因：{reason}"
LEADER_TEXT: Final = "{name}，{reason}"
ITEMS_TEXT: Final = "{count}件诉求"
REGISTRATION: Final = "{first}至{last}"
WAY_ONLINE: Final = "企业登录“{portal}”网上登记"
WAY_WINDOW: Final = "到{place}现场登记"
WAY_HOTLINE: Final = "拨打{hotline}热线登记"
SEMICOLON: Final = "；"
OPINION_LINE: Final = "{index}．{enterprise}反映“{title}”：{text}由{units}办理，{due}前完成。"
WITH_CO: Final = "牵头、{co}配合"
NO_OPINIONS: Final = "本次会议没有研究具体诉求。"

PLANNED: Final = "按规则预定"
PLACE: Final = "请填写1到{most}之间的次序"
NOT_DISCREET: Final = "公开内容不得出现{what}，请改写"


def shown(day: object) -> str:
    """A day as people read it."""
    return f"{day:%Y年%-m月%-d日}"
