"""What the pages of figures say to people."""

from __future__ import annotations

from typing import Final

PERIODS: Final = {"month": "本月", "last_month": "上月", "quarter": "本季度", "year": "本年"}
SPAN: Final = "span"
NOT_A_DAY: Final = "请填写日期，例如 2026-03-01"
ENDS_BEFORE: Final = "结束日期不能早于开始日期"
TOO_EARLY: Final = "最早可查到 {year} 年"
TOO_LONG: Final = "一次最多查看 {years} 年"

SAME: Final = "持平"
NOTHING_BEFORE: Final = "没有可比的数"
MORE: Final = "增加{by}{unit}"
LESS: Final = "减少{by}{unit}"
OF_BEFORE: Final = "（{percent:.1f}%）"
HIGHER: Final = "提高{by:.1f}个百分点"
LOWER: Final = "降低{by:.1f}个百分点"
LONGER: Final = "延长{by:.1f}{unit}"
SHORTER: Final = "缩短{by:.1f}{unit}"
BETTER: Final = "，好转"
WORSE: Final = "，变差"

PARTS: Final = {"numerator": "分子", "denominator": "分母", "left_out": "不计入的"}
COUNTED: Final = {"numerator": "计入的", "left_out": "不计入的"}
BETTERS: Final = {"up": "越高越好", "down": "越低越好", "none": "不分好坏"}
SHAPES: Final = {"count": "件数", "rate": "比率", "stock": "存量", "percentile": "分位数"}
BYS: Final = {
    "source": "来源", "accept_ground": "受理依据", "ground": "不予受理情形", "clock": "时限", "step": "环节", "resolution": "办理结果", "meeting": "会议种类",
}  # fmt: skip
OWN_POSTS: Final = "本级岗位"
OF_RATE: Final = "{numerator}/{denominator}"
OF_SPANS: Final = "按{count}次"
TIMES: Final = "{at}%分位"
WEEKS: Final = "周"
MONTHS: Final = "月"

GROUPS: Final = {
    "收办": ("received", "received_below", "accepted", "refused", "duplicates", "finished", "withdrawn", "on_hand", "overdue_now"),
    "时效": ("response_rate", "on_time_rate", "handling_median", "handling_p90", "urged"),
    "质量": ("resolution_rate", "satisfaction_given", "satisfaction_default", "participation_rate", "call_back_rate", "first_assignment_rate", "objection_rate", "rehandling_rate"),
    "上下级与会议": ("risen", "rise_rate", "taken_above", "returned_above", "return_rate", "decided_above", "returned_below", "commitments_kept", "meetings_held"),
}  # fmt: skip
"""How the leader's page puts the figures together."""
OF_A_UNIT: Final = (
    "handed", "finished", "on_hand", "overdue_now", "response_rate", "on_time_rate", "handling_median", "resolution_rate",
    "satisfaction_given", "satisfaction_default", "rehandling_rate", "objection_rate", "urged",
)  # fmt: skip
"""What a unit answers for."""

REPEATS: Final = {"desk.supervision.repeated.show": "共性问题", "desk.supervision.quality.show": "并办的重复诉求"}
"""Pages on what repeats."""

OBJECTED: Final = "已提交，裁定前这件仍然计入。"
DECIDED: Final = {"agree": "已裁定：不计入。", "disagree": "已裁定：仍然计入。"}
VERDICTS: Final = {None: ("待裁定", "warning"), "agree": ("不计入", "success"), "disagree": ("仍计入", "plain")}
