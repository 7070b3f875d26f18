"""How the enterprise is told what happened and what is owed, in plain words."""

from __future__ import annotations

from typing import Final

SUBMITTED: Final[dict[str, str]] = {
    "web": "诉求已提交",
    "window": "服务窗口为您登记了诉求",
    "hotline": "12345热线转来您的诉求",
    "visit": "走访人员登记了您的诉求",
    "bridge": "下级政府报来您的诉求",
}
YOU: Final = "您"
LEAD: Final = "主办单位"
REGISTER_CONFIRMED: Final = "企业登记信息已核验"
REGISTER_DOUBTED: Final = "企业登记信息核验未通过"
JOINED: Final = "已并入您在办的诉求件"
REFUSED: Final = "不予受理"
HANDED_TO: Final = "已交{lead}办理"
CO_UNITS: Final = "协办单位：{co}"
LETTER: Final = "转办函编号：{number}"
UNIT_SETTLED: Final = "主办单位已核定"
UNIT_SETTLED_AS: Final = "主办单位已核定：{lead}"
RECEIVED: Final = "主办单位已接收"
CONTACTED: Final = "承办单位已与您联系"
PROGRESSED: Final = "承办单位报送了最新进展"
PART_GIVEN: Final = "协办单位已提交意见"
PLAN_AGREED: Final = "专项方案已确认"
STEP_DONE: Final = "方案阶段已完成"
ANSWERED: Final = "已答复"
FINAL_DECISION: Final = "最后处理决定"
RATED: Final = "您的评价：{satisfaction}"
DEFAULT_RATED: Final = "逾期未评价，按规定记为默认满意"
CALLED_BACK: Final = "已回访，您表示{satisfaction}"
SUPPLEMENTED: Final = "您补充了材料"
WITHDRAWN: Final = "您撤回了诉求"
DELIVERED_ABOVE: Final = "已送达{above}"
TAKEN_ABOVE: Final = "{above}已受理"
PROGRESS_ABOVE: Final = "{above}有新进展"
RETURNED_ABOVE: Final = "{above}退回，由原办理单位继续办理"
DECIDED_ABOVE: Final = "{above}已作出处理意见，正在审核答复"
HELD_BY: Final = "承办单位：{holder}"
OVERDUE: Final = "超过时限：{what}"

GIVEN_BY: Final[dict[str, str]] = {
    "enterprise": "您作出的评价",
    "call_back": "回访时您表示",
    "default": "逾期未评价，系统记为默认满意",
}
PLAIN_CLOCKS: Final[dict[frozenset[str], str]] = {
    frozenset({"settle"}): "核定主办单位",
    frozenset({"delivered_above"}): "确认已送达上级",
}
"""Limits that the enterprise knows by other words, by the verbs that meet them: of an objection between units it learns
only that its unit is being determined."""
