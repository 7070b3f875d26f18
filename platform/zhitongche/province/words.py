"""What the province's pages say."""

from __future__ import annotations

from typing import Final

NAV: Final = "各地运行"
ALL: Final = "全部合计"
WHOLE: Final = "{name}合计"
"""A family's sum, beside which its head has a line of its own."""
OWN: Final = "{name}本级"
SETS: Final[dict[str, str]] = {"volume": "办件", "pace": "时效", "quality": "质效", "between": "往来与承诺"}
"""The figures in groups, since not all have room side by side."""
FIGURES: Final[dict[str, tuple[str, ...]]] = {
    "volume": ("received", "accepted", "refused", "duplicates", "finished", "on_hand", "overdue_now"),
    "pace": ("on_time_rate", "response_rate", "first_assignment_rate", "objection_rate", "handling_median", "handling_p90"),
    "quality": ("resolution_rate", "satisfaction_given", "satisfaction_default", "participation_rate", "call_back_rate", "rehandling_rate"),
    "between": ("received_below", "risen", "rise_rate", "return_rate", "commitments_kept", "meetings_held"),
}
LADDER: Final = ("risen", "taken_above", "returned_above", "decided_above")
"""What becomes of what rises."""
BETTER: Final = {"up": "越高越好", "down": "越低越好", "none": ""}
PERIOD: Final = "统计期"
FIGURE: Final = "指标"
PLACE: Final = "地区"
UNTIL_NOW: Final = "（至今）"
FEW: Final = "少于5的数显示为“<5”，分母少于5的比率不显示；“＊”是为防止由合计推算出上述数字而一并不显示的。合计按各地分子、分母相加计算，不是各地比率的平均。"
SHEET: Final = "各地运行情况"
RANK: Final = "第{rank}"
MONTH: Final = "月份"
LEVEL: Final = "层级"
FROM: Final = "{level}上报"
FROM_WHERE: Final = "从"
TO_WHERE: Final = "到"
FROM_TO: Final = "{place} → {above}"
RISEN: Final = "上报"
SHEET_NOTE: Final = "导出时间：{moment}。"
MADE_OF: Final = "分子/分母"
MEANINGS: Final = "口径"
MEANING_HEADS: Final = ("指标", "含义", "不计入", "时间口径", "依据")
