"""What the supervisors' pages say."""

from __future__ import annotations

from typing import Final

OPEN: Final = "在办"
STATES: Final = {"late": "已超期", "closed": "已办结"}
NONE_CHOSEN: Final = "请先勾选要催办的诉求件。"
TOO_MANY: Final = "一次最多催办{most}件。"
URGED: Final = "已催办{count}件，承办单位会收到短信，催办记入每件的办理日志。"
NOT_URGED: Final = "有{count}件没有催办：{reason}"

ITEMS: Final = {"listed": "待催办", "left_out": "不催办", "urged": "已催办", "passed": "未催办"}
ROUNDS: Final = {"open": "待签发", "issued": "已签发", "overtaken": "未签发，已有新一期"}
LEFT_OUT: Final = "已移出{count}项，理由记入名单。"
PUT_BACK: Final = "已放回名单。"
ISSUED: Final = "已签发，正在对{count}项逐件催办，各单位的催办通知随后生成。"

SEARCHED: Final = "分析完成：新线索{proposed}条，有增加的{grown}条。"
TAKEN_OUT: Final = "已移出。"
PUT_IN: Final = "已补入。"
SET_ASIDE: Final = "已搁置，同类诉求增加时会再次提出。"
WRITTEN: Final = "已拟好建议函，请核对后送审。"
REPORT_DRAFTED: Final = "已拟好报告，请核对后报送。"
CLOSED: Final = "已评定。"
AGAIN: Final = "已要求继续整改，反馈期限重新计算。"
ANSWERED: Final = "已反馈，受理部门会跟踪成效。"

PROPOSED: Final = "已提请{count}件，等待领导审批。"
NOT_PROPOSED: Final = "有{count}件没有提请：{reason}"
DECIDED: Final = "已审批{count}件。"
NOT_DECIDED: Final = "有{count}件没有审批：{reason}"
NONE_TICKED: Final = "请先勾选诉求件。"
VERDICT_FIRST: Final = "请选择同意或不同意。"
MARK_DECIDED: Final = "已作出决定，记入该件办理日志。"
MARK_DONE: Final = "已登记落实情况，记入该件办理日志。"
