"""What a report says: sentences of official Chinese, filled by rules (`comparing`, `writing`)."""

from __future__ import annotations

from typing import Final

KINDS: Final[dict[str, str]] = {"week": "周报", "month": "月报", "quarter": "季报", "any": "报告"}
PARTS: Final[dict[str, str]] = {
    "overview": "受理办结情况",
    "quality": "办理质效",
    "late": "超期和催办情况",
    "units": "各单位办理情况",
    "refusals": "不予受理情况",
    "levels": "上下级流转情况",
    "meetings": "会议和承诺兑现情况",
    "repeated": "共性问题",
    "definitions": "指标口径",
}
"""Parts of a report, in their order; one that has nothing to say is left out."""
FORMATS: Final[dict[str, str]] = {"pdf": "PDF", "docx": "Word", "xlsx": "Excel"}
STATES: Final[dict[str, str]] = {"waiting": "等待生成", "working": "正在生成", "done": "已生成"}
TROUBLE: Final = "生成时遇到问题，稍后自动重试。"

BROKEN: Final = "报告文件与登记的校验值不符，请立即报告系统管理员"
NOT_YOURS: Final = "统计报告供受理、督查部门和领导查阅"
REVERSED: Final = "截止日不早于起始日，请核对"
NOT_YET_OVER: Final = "截止日最晚为今天，同一天的数也计入"
TOO_LONG: Final = "统计期最长三年"
CHOOSE: Final = "请至少选一项"
TAKEN: Final = "下载{title}（{form}）"
OPENED: Final = "查阅{title}"

MARK: Final = "{place}运行简报"
TITLE: Final = "{place}运行{kind}（{name}）"
ISSUE: Final = "{}年第{}期"
COVERS: Final = "统计期：{first}至{last}。{than}：{before_first}至{before_last}。数据截至{at}；期后更正的，以平台实时数据为准。"
DAY: Final = "{0.year}年{0.month}月{0.day}日"
MOMENT: Final = "{0.year}年{0.month}月{0.day}日{0.hour}时{0.minute:02}分"
CODE_FILE: Final = "{title}.{form}"

RECEIVED: Final = "{this}收到企业诉求{text}件{changes}。"
NONE_RECEIVED: Final = "{this}没有收到企业诉求{changes}。"
FROM: Final = "按来源分：{list}。"
SCREENED: Final = "受理{accepted}件{changes}；不予受理{refused}件，并入在办件的重复诉求{duplicates}件。"
FINISHED: Final = "办结{text}件{changes}。"
WITHDRAWN: Final = "企业撤回{text}件。"
STOCK: Final = "{as_of}，在办{on_hand}件{changes}，其中超期未办结{overdue}件。"
BELOW: Final = "另收到下级上报{text}件。"
LEFT_OUT: Final = "另有{count}件次经裁定不计入。"

GROUPS: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("按时情况", ("on_time_rate", "response_rate")),
    ("分派和办理", ("first_assignment_rate", "objection_rate", "resolution_rate", "rehandling_rate")),
    ("评价和回访", ("satisfaction_given", "satisfaction_default", "participation_rate", "call_back_rate")),
)
"""What is said of quality, a paragraph each."""
RATE: Final = "{name}{full}{changes}"
NOT_YET: Final = "{names}本期没有可计的件"
HANDLING: Final = "从登记到首次答复企业，一半的件用时不超过{median}个工时{changes}，九成的件不超过{p90}个工时。"

NONE_LATE: Final = "{as_of}，没有超期未办结的诉求件。"
LATE: Final = "{as_of}，超期未办结{text}件{changes}{units}。"
LATE_UNITS: Final = "：{list}"
ALL_UNITS: Final = "等{count}个单位"
LATE_MORE: Final = "下表列超期最久的{shown}件。"
URGED: Final = "{this}催办{text}次{changes}。"
NO_LIST: Final = "统计期已过，不列逐件清单。"

UNITS: Final = "{this}有诉求件在办或办结的单位{count}个，按时率达到100%的{kept}个。"
LOWEST: Final = "按时率较低的：{list}。"
REFUSED: Final = "{this}不予受理{text}件{changes}，依据见下表。"
NONE_REFUSED: Final = "{this}没有不予受理的诉求。"
RISEN: Final = "{this}报往上级{risen}件，其中上级已受理{taken_above}件、已作出处理意见{decided_above}件、退回{returned_above}件。"
FROM_BELOW: Final = "收到下级上报{received_below}件，退回下级{returned_below}件。"
MEETINGS: Final = "{this}召开{list}。"
COMMITMENTS: Final = "公开的承诺应兑现{denominator}项，按期兑现{numerator}项，兑现率{text}{changes}。"
DEFINED: Final = "本报告各指标的口径如下。比率一律由分子、分母合计得出，不作平均。"

SAME: Final = "与{than}持平"
COUNT: Final = "比{than}{word}{amount}{unit}"
SHARE: Final = "、{word}{share}%"
POINTS: Final = "比{than}{word}{amount}个百分点"
HOURS: Final = "比{than}{word}{amount}个工时"
NOTHING_THEN: Final = "{than}没有"
