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
NOT_CONNECTED: Final = "与上级平台的连接尚未启用，暂不能上报，请联系运维人员"
NO_WAY_UP: Final = "本地没有设置上报途径，请联系管理员"
NOT_DISCREET_UP: Final = "受理前上级不应知道是哪家企业，内容不得出现{what}，请改写（如“该企业”）"
TITLE_LATER: Final = "（标题受理后由下级移送）"
CONTENT_LATER: Final = "（受理后由下级移送）"
CONTENT_ERASED: Final = "（企业已撤回诉求，移送的内容已清除）"
STAND_IN_ENTERPRISE: Final = "{name}上报的企业（受理后移送）"
NOT_TAKEN_YET: Final = "该件尚未受理，下级不应移送企业信息"
NOT_WITHDRAWN: Final = "企业没有撤回，不能清除移送的内容"
NO_SUCH_DOCUMENT: Final = "没有这份材料"
WRONG_DOCUMENT: Final = "材料内容与告知的摘要不符"
NO_FLOW_FROM_BELOW: Final = "本地流程不承接下级上报"
ENDED: Final = "该件已办结或已退回，不能再办理"
BESIDE: Final[dict[str, str]] = {
    "reveal": "下级移送诉求内容", "erase": "企业撤回，清除移送的内容", "document_out": "向上级移送材料", "document_in": "收到下级移送的材料",
    "contact_in": "收到下级移送的联系方式",
    "mark": "典型事例、严肃处理的决定和落实",
    "leave_out": "裁定不计入单位统计", "commitment_fulfilled": "公开承诺已落实", "commitment_missed": "公开承诺到期未落实",
}
"""What the entries beside the flow are called, by their action."""
CONTACT: Final = "联系人姓名和手机（完整）"
ASKED_FOR: Final = "向下级调阅：{name}。用途：{why}"
CONTENT_CONTROL: Final = "{label}中含有无法识别的控制字符，请删除后重试"

SOURCES: Final[dict[str, str]] = {"web": "企业网上提交", "window": "服务窗口登记", "hotline": "12345热线转来", "visit": "走访收集", "bridge": "下级上报"}
SOURCE_FACTS: Final[dict[str, str]] = {
    "window_note": "窗口登记说明", "order_number": "12345工单编号", "first_received": "热线收件时间", "handled_by": "此前直派部门及未解决原因",
    "visited_at": "走访时间", "visited_by": "走访人员", "visit_note": "走访情况",
    "from": "上报单位",
}  # fmt: skip
"""What a source tells of itself, by field."""
LEVELS: Final[dict[str, str]] = {"unit": "单位办理", "town": "镇级", "county": "县级", "city": "市级", "province": "省级"}
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
    "up": "补充上报",
    "above": "上级告知",
}
EVERY: Final = ("每周一", "每周二", "每周三", "每周四", "每周五")
LETTER_TEXT: Final = (
    "{lead}：\n现将{enterprise}反映的“{title}”（诉求编号 {number}）转你单位办理{co}。"
    "请于收到本函后{contact}联系企业、告知承办人员并详细了解诉求，{finish}，办理结果同时反馈企业和{department}。\n转办意见：{opinion}"
)
"""The transfer letter 转办函 (ST-3.2.b); its official layout comes with the papers."""
