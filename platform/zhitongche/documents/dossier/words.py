"""What the dossier says to people; its words are those of GB/T 9705-2008 (文书档案案卷格式) where that has one."""

from __future__ import annotations

from typing import Final

SECTIONS: Final = {
    "petition": "诉求登记", "papers": "公文", "files": "附件", "work": "办理材料", "messages": "通知消息",
    "journal": "办理经过", "reads": "查阅情况",
}  # fmt: skip
"""The parts of a dossier, in order; within each, by time."""
TITLE: Final = "关于“{title}”的诉求件案卷"
REGISTER_FORM: Final = "企业诉求登记表"
ANSWER: Final = "办理答复"
OPINION: Final = "转办意见（呈批）"
RECORDS: Final = "联系和工作记录"
PARTS: Final = "协办单位意见"
PLAN: Final = "专项方案（一企一策）"
OBJECTIONS: Final = "分派异议及裁定"
RATINGS: Final = "企业评价"
LIMITS: Final = "各项期限"
MESSAGES: Final = "就本件发出的通知（{count} 条）"
JOURNAL: Final = "办理经过（{count} 条，逐条成链）"
READS: Final = "阅卷记录（{count} 次）"
DISCLOSURES: Final = "查阅授权"
NOT_SHOWN: Final = "原件不能在本卷中直接显示，已按原样存入归档包。"
UNREADABLE: Final = "原件已损坏、加密或格式特殊，不能在本卷中直接显示，已按原样存入归档包。"
MISSING: Final = "原件未能在存储中找到，或与登记的校验值不符。请立即报告系统管理员。"
TOO_LONG: Final = "原件页数或篇幅超过本卷可显示的范围，已按原样存入归档包。"
SUPERSEDED: Final = "已被替代"
DRAFT: Final = "未签发"
REMARK_MASKED: Final = "本卷经批准查阅导出，联系手机号码已隐去中间四位。"
WATERMARK: Final = "{name}　{moment}　导出"
WHAT: Final = {"petition": "案卷（PDF 和归档包）", "volume": "案卷汇编（{volume}）"}
"""What is journalled as having left the system."""
PLAN_STATES: Final = {"proposed": "待确认", "accepted": "已确认", "returned": "退回修改"}
VERDICTS: Final = {None: "待裁定", "agree": "采纳", "disagree": "不采纳"}
GIVEN_BY: Final = {"enterprise": "企业评价", "call_back": "回访所得", "default": "逾期默认（不计入企业实际评价）"}
DISCLOSURE_STATES: Final = {"asked": "待审批", "approved": "已批准", "declined": "已驳回"}

STATES: Final = {"waiting": "排队中", "working": "正在生成", "done": "已完成", "failed": "未完成", "removed": "已到期清除"}
WHY: Final = "请写明用途"
YEAR: Final = "请选择年度"
EMPTY: Final = "这一年没有符合条件的已办结诉求件"
TOO_MANY: Final = "符合条件的诉求件超过 {limit} 件，请按单位分卷汇编"
ALREADY: Final = "同样的案卷正在生成，请稍候"
NOT_ALLOWED: Final = "案卷汇编由受理部门或督查部门办理"
NO_LONGER: Final = "您已不能查看该诉求件，案卷未生成"
BROKEN: Final = "办理记录未通过核验，案卷未生成。请立即报告系统管理员，并保留现场。"
TROUBLE: Final = "生成案卷时出错，系统会自动重试"
READ: Final = {"pdf": "下载案卷 PDF：{why}", "zip": "下载案卷归档包：{why}"}
GONE: Final = "案卷已到期清除，请重新生成。"
VOLUME: Final = "{year}年度{unit}诉求件案卷汇编"
ALL_UNITS: Final = "各单位"
