"""What notices say to people."""

from typing import Final

STATES: Final[dict[str, str]] = {
    "queued": "待发送",
    "held": "暂缓（免打扰或待汇总）",
    "sending": "发送中",
    "sent": "已发送",
    "merged": "已并入汇总",
    "failed": "发送失败",
    "uncertain": "结果不明，待人工核对",
    "cancelled": "已取消",
}
"""The states of a notice, as shown to the operator."""

CHANNELS: Final[dict[str, str]] = {"sms": "短信", "site": "站内信"}

CODE: Final = "您的验证码是{text}，5分钟内有效。请勿告知他人。"
CODE_BLANKED: Final = "（验证码短信，内容不保存）"
DIGEST: Final = "您有新消息：{text}请登录工作台办理。{link}"
DIGEST_ITEM: Final = "{number}. {text}"
DIGEST_MORE: Final = "另有{count}条。"
DUE_BY_RULE: Final = "规定时限"
SEE_PAGE: Final = "详见办理页面"

STUCK_OUTBOX: Final = "系统提醒：有一项后台任务（{topic}）超过24小时未完成，已尝试{tries}次，请检查。"
STUCK_SMS: Final = "系统提醒：有{count}条短信超过24小时未能发出，请在“通知状态”中查看。"
UNCERTAIN_SMS: Final = "系统提醒：有{count}条短信的发送结果不明，请在“通知状态”中核对后重发或取消。"

EXPIRED: Final = "已过有效期，未发送"
LOST: Final = "发送中断，短信通道无法告知是否已发出"
NO_RETRY: Final = "只有发送失败、结果不明或待重试的短信可以重发。"
NO_CANCEL: Final = "这条通知已发出或已结束，不能取消。"
PROVIDER_UNKNOWN: Final = "没有名为“{name}”的短信通道，可用的有：{known}。"
REHEARSED_FAILURE: Final = "演练：短信通道按设定发送失败"
TEXT_EMPTY: Final = "请填写文案；如要恢复原文案，请用“恢复原文案”。"
TEXT_LONG: Final = "文案最多{most}字，现有{length}字。"
TEXT_FIELD: Final = "这条消息不能使用填充项{field}，可用的有：{known}。"
TEXT_NEEDS: Final = "这条消息必须含有填充项{field}。"
