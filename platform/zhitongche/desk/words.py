"""What the desk says to people."""

from __future__ import annotations

from typing import Final

from zhitongche.casework import words as case_words

SIGNED_OUT: Final = ("登录已失效", "您已退出登录或长时间未操作，这次提交没有保存。", "请复制下面您填写的内容，重新登录后再提交。")
STAND_IN_OVER: Final = "代办期已结束，现在以您本人身份办理。"
STANDING_IN: Final = "现在起代{name}办理，每一步都会记录为代办。"
STAND_IN_STOPPED: Final = "已结束代办，现在以您本人身份办理。"
STAND_IN_MADE: Final = "已登记代办。"
STAND_IN_ENDED: Final = "代办已提前结束。"
SESSIONS_ENDED: Final = "密码已更改，其他设备上的登录已全部退出。"
NOT_THE_SAME: Final = "两次输入的新密码不一致"
DIGEST_SET: Final = "短信提醒方式已保存。"
DOSSIER_ASKED: Final = "已开始生成，完成后可在本页下载。"
DONE: Final = "已完成“{action}”。"
REGISTERED: Final = "已登记，编号 {number}。"
ASKED: Final = "申请已提交。编号无误的，受理部门或分管领导会审批；批准后可在下方打开。"
DECIDED: Final = {True: "已批准查阅。", False: "已驳回查阅申请。"}
OTHER_NAME: Final = "该信用代码已登记的企业名称为“{name}”，请核对代码和名称"
NO_ENTERPRISE: Final = "还没有该企业的登记，请填写名称，保存时一并建立"
FILES_AGAIN: Final = "附件需要重新选择。"
READ_PAGE: Final = "查看诉求件（{duty}）"
READ_ACTION: Final = "办理：{action}（{duty}）"
READ_FILE: Final = "下载附件“{name}”（{duty}）"
READ_DOSSIER: Final = "查看案卷页（{duty}）"
READ_EXPORT: Final = "导出诉求台账"

SENT_AT_ONCE: Final = "上报即移送"
SENT_WHEN_TAKEN: Final = "受理后移送"
SENT_ON_REQUEST: Final = "按用途调阅"

BETWEEN: Final = "上下级"
STATES: Final = {"late": "已超期", "near": "即将到期", "on_time": "未到期"}
LATE: Final = {"now": "现已超期", "ever": "曾经超期"}
KEYS: Final = {"proposed": "已提请", "approved": "重点督办", "declined": "未批准"}
RATINGS: Final = {"satisfied": "满意（实际评价）", "unsatisfied": "不满意（实际评价）", "default": "默认满意", "none": "尚无评价"}
GIVEN_BY: Final = {"enterprise": "企业评价", "call_back": "回访所得", "default": "逾期默认"}
SATISFACTION: Final = {"satisfied": "满意", "unsatisfied": "不满意"}
REGISTRATION: Final = {
    "matched": ("与法人库一致", "success"), "confirmed": ("核验确认", "success"),
    "mismatched": ("与法人库不一致", "warning"), "denied": ("核验未通过", "danger"),
}  # fmt: skip
FACT_LABELS: Final = case_words.SOURCE_FACTS
PLAN_STATES: Final = {"proposed": ("待确认", "warning"), "accepted": ("已确认", "success"), "returned": ("退回修改", "danger")}
OBJECTION_STATES: Final = {None: ("待裁定", "warning"), "agree": ("采纳", "success"), "disagree": ("不采纳", "plain")}
DISCLOSURE_STATES: Final = {"asked": "待审批", "approved": "已批准", "declined": "已驳回"}
