"""What casework says to people."""

from __future__ import annotations

from typing import Final

CHANGED_MEANWHILE: Final = "就在刚才，{who}已对该诉求件作了“{what}”。请查看最新情况后再操作，您填写的内容已保留。"
REQUIRED: Final = "请填写{label}"
UNEXPLAINED: Final = "选择“{verdict}”的，请填写{label}"
CHOOSE: Final = "请从列表中选择{label}"
TOO_LONG: Final = "{label}最多{limit}字，现有{length}字"
TOO_SHORT: Final = "{label}请至少写{limit}个字，说清楚情况"
BAD_DATE: Final = "{label}应为有效日期，如 2026-03-01"
DATE_PAST: Final = "{label}应晚于今天"
TIME_FUTURE: Final = "{label}不能晚于现在"
NO_MILESTONES: Final = "请至少列出一个阶段及其完成日期"
MILESTONE_LATE: Final = "各阶段日期不应晚于约定办结日期"
SAME_UNIT: Final = "协办单位不能与主办单位相同"
LEAD_NEEDED: Final = "采纳异议时请选定改派的主办单位"
OTHER_LEAD: Final = "改派的单位与原主办单位相同"
NOT_OWN: Final = "建议改派的单位不能是本单位"
NOT_SAME_ENTERPRISE: Final = "只能并入同一企业尚未办结的诉求件"
NOT_ITSELF: Final = "不能并入自身"
NO_UPLOAD: Final = "附件内容为空：{name}"
BAD_TYPE: Final = "不支持的附件类型：{name}。可上传图片、PDF、Word、Excel、WPS 文档或压缩包"
TOO_BIG: Final = "附件过大：{name}。每个不超过 {limit} MB"
TOO_MANY: Final = "一次最多上传 {limit} 个附件"
NOTHING_TO_SEND: Final = "请先写明诉求"
CONTENT_CONTROL: Final = "{label}中含有无法识别的控制字符，请删除后重试"

SOURCES: Final[dict[str, str]] = {"web": "企业网上提交", "window": "服务窗口登记", "hotline": "12345热线转来", "visit": "走访收集", "bridge": "下级上报"}
SOURCE_FACTS: Final[dict[str, str]] = {
    "window_note": "窗口登记说明", "order_number": "12345工单编号", "first_received": "热线收件时间", "handled_by": "此前直派部门及未解决原因",
    "visited_at": "走访时间", "visited_by": "走访人员", "visit_note": "走访情况",
}  # fmt: skip
"""What a source tells of itself, by field."""
LEVELS: Final[dict[str, str]] = {"unit": "单位办理", "county": "县级", "city": "市级"}
RECORD_KINDS: Final[dict[str, str]] = {
    "contact": "与企业联系",
    "progress": "周进展",
    "note": "调研记录",
    "supplement": "企业补充",
    "urge": "催办",
    "call_back": "回访",
    "opinion": "意见",
    "confirm": "确认受理",
    "decline": "退回",
    "commend": "典型事例",
    "fault": "提请处理",
    "milestone": "阶段完成",
}
EVERY: Final = ("每周一", "每周二", "每周三", "每周四", "每周五")
LETTER_TEXT: Final = (
    "{lead}：\n现将{enterprise}反映的“{title}”（诉求编号 {number}）转你单位办理{co}。"
    "请于收到本函后{contact}联系企业、告知承办人员并详细了解诉求，{finish}，办理结果同时反馈企业和{department}。\n转办意见：{opinion}"
)
"""The transfer letter 转办函 (ST-3.2.b); its official layout comes with the papers."""
