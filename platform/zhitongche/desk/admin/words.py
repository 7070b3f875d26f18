"""What the administrator's pages say."""

from __future__ import annotations

from typing import Final

SAVED: Final = "已保存。"
CLOSED: Final = "已停用{name}的账号，其登录已全部退出，办理记录保留。"
OPENED: Final = "已启用{name}的账号。"
CONTACT_SAVED: Final = "已登记{unit}的联系人，短信将发给新的联系人。"
DAY_SET: Final = "已将{day}设为{kind}，{count}项运行中的期限已重新核定。"
DAY_UNSET: Final = "已取消{day}的自定义，{count}项运行中的期限已重新核定。"
DAY_PAST: Final = "只能调整今天及以后的日期：已经过去的日期不再改动，以免改变已作出的超期认定。"
DAY_TODAY: Final = "当天不能改为上班日，请提前设置。"
DAY_SAME: Final = "这一天本来就是{kind}，无需设置。"
DAY_FAR: Final = "只能设置两年以内的日期。"
WORKING: Final = {True: "上班日", False: "休息日"}
TEXT_SET: Final = "文案已更新，此后发出的消息使用新文案。"
TEXT_UNSET: Final = "已恢复为原文案。"
LOADED: Final = "已导入{count}户企业登记信息。"
STAND_IN_MADE: Final = "已登记代办。"
STAND_IN_ENDED: Final = "代办已提前结束。"

PERSON_STATES: Final = {"active": "在用", "closed": "已停用"}
UNIT_STATES: Final = {"stale": "联系人待核实", "fresh": "联系人已核实"}
FIELD_NAMES: Final = {
    "number": "诉求编号", "title": "诉求标题", "enterprise": "企业名称", "unit": "主办单位", "due": "到期时间", "link": "办理页面链接",
    "reason": "最近填写的理由", "portal": "平台名称", "text": "具体内容", "stage": "当前环节",
}  # fmt: skip
