"""The closed vocabulary of a pack's papers (公文): kinds, layouts, and what a template may mention between braces."""

from __future__ import annotations

from typing import Final

KINDS: Final[dict[str, str]] = {
    "transfer_letter": "转办函",
    "approval_form": "呈批表",
    "supervision_notice": "督办通知",
    "key_list": "重点督办清单",
    "refusal_notice": "不予受理告知书",
    "return_note": "退回说明",
    "announcement": "预约公告",
    "catalogue": "问题目录",
    "invitation_list": "拟邀企业名单",
    "attendance_notice": "参会通知",
    "opinions": "处理意见",
    "reply_letter": "答复函",
    "callback_record": "办结回访记录",
    "weekly_table": "周进展表",
    "urging_notice": "催办通知",
    "finding_letter": "共性问题整改建议函",
    "finding_report": "共性问题情况报告",
}
"""One template each, `documents/<kind>.yaml`; a pack has those that it uses."""

MESSAGES: Final[dict[str, str]] = {
    "paper_waiting": "公文待办",
    "paper_returned": "公文退回修改",
    "paper_issued": "公文已签发",
}
"""What a tenant that has papers must have words for."""

LAYOUTS: Final[dict[str, str]] = {
    "red_head": "红头公文",
    "letter": "信函格式",
    "notice": "公告、告知书",
    "form": "表单",
    "list": "清单、目录",
}
"""After GB/T 9704-2012: the general form, the letter, and three plain ones without a red head."""

STEPS: Final[dict[str, str]] = {"draft": "拟稿", "review": "审核", "approve": "批准", "issue": "签发"}
"""Who does what to a paper before it goes out."""

FIELDS: Final[dict[str, str]] = {
    # of the pack
    "tenant": "地名", "sign": "机关代字", "department": "受理部门", "portal": "平台名称", "hotline": "热线", "today": "当日日期",
    # of the petition
    "number": "诉求编号", "title": "诉求标题", "enterprise": "企业名称", "credit_code": "信用代码", "contact": "联系人",
    "mobile": "联系电话", "area": "所在地", "content": "诉求内容", "wish": "企业期望", "category": "诉求类别", "matter": "诉求事项",
    "source": "来源", "received": "收件日期", "accept_ground": "受理依据", "lead": "主办单位", "co": "协办单位",
    "proposed": "拟承办单位", "opinion": "意见", "letter": "转办函文号", "stage": "当前环节", "level": "诉求层级",
    "contact_limit": "联系企业期限", "finish_limit": "办结期限", "answer": "答复内容", "resolution": "办理结果",
    # of the action that makes the paper
    "actor": "经办人", "unit": "经办单位", "verdict": "决定", "approval": "领导批示", "review": "此前意见", "reason": "理由",
    "ground": "适用情形", "clause": "依据条款", "text": "情况说明", "reply": "办理答复", "due": "期限", "how": "方式",
    "happened": "时间", "with_whom": "对方人员", "satisfaction": "企业评价", "should_be": "建议承办单位", "days_late": "超期天数",
    # of a meeting, a month, a week
    "meeting": "会议名称", "theme": "专题", "day": "活动日期", "time": "活动时间", "place": "活动地点", "leader": "接访领导",
    "registration": "登记期间", "ways": "登记方式", "count": "件数", "month": "月份", "week": "周次", "invited": "参会人员",
}  # fmt: skip
"""What a text may mention; whoever drafts the paper supplies the facts."""

COLUMNS: Final[dict[str, str]] = {
    "index": "序号", "number": "诉求编号", "title": "诉求标题", "enterprise": "企业名称", "unit": "承办单位", "co": "协办单位",
    "problem": "反映问题", "reply": "单位答复", "opinion": "处理意见", "due": "期限", "days_late": "超期天数", "stage": "环节",
    "progress": "进展", "ground": "情形及依据", "contact": "联系人", "mobile": "联系电话", "leader": "责任领导", "person": "责任人",
    "measures": "措施", "note": "备注", "received": "收件日期", "category": "类别", "facts": "事实依据",
    "owed": "应办事项",
}  # fmt: skip
"""What a column of a table may show; `index` counts by itself."""
