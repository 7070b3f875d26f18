"""What the portal's code says to people; the pages carry their own text."""

from __future__ import annotations

from typing import Final

SIGN_IN_FIRST: Final = "请先登录"
SESSION_ENDED: Final = "登录状态已失效，请重新登录。您刚才填写的内容已保留，登录后可以继续。"
NO_ENTERPRISE: Final = "您的账号还没有关联企业，请联系本企业的管理员邀请您加入。"
SIGNED_OUT: Final = "您已安全退出"
HOSTED: Final = "这里没有企业门户，不能网上提交。请到“{portal}”网上提交，或到镇里的窗口、拨打热线登记。"
PORTAL_ABOVE: Final = "县级门户"
WELCOME: Final = "注册成功，您现在可以提交诉求了"
MISMATCH: Final = "企业名称或代码与法人库暂不一致，不影响提交；{verified}"
VERIFIED: Final = {True: "登记部门会先行核验。", False: "受理时会一并核实。"}
"""What follows on a mismatch, by whether the tenant's flow has a second review of it (RP-2.2.b)."""
CODE_SENT: Final = "验证码已发往 {mobile}，5分钟内有效。没有收到时，请核对号码，1分钟后可重新获取。"
RESET_DONE: Final = "新密码已设置，请用新密码登录"
CHANGED: Final = "密码已修改，其他设备上的登录已全部退出"
MOBILE_CHANGED: Final = "手机号码已更换，其他设备上的登录已全部退出"
INVITED: Final = "已邀请{name}。对方用该手机号登录后即可代表本企业办理。"
REMOVED: Final = "已移出本企业"
OWNER_MADE: Final = "已设为管理员"
SWITCHED: Final = "现在代表“{name}”办理"
KEPT: Final = "已自动保存 {time}"
NOT_KEPT: Final = "登录状态已失效，暂未保存。请点“下一步”，重新登录后内容仍在。"
TOO_MUCH: Final = "内容过多，未能自动保存"
DISCARDED: Final = "草稿已删除"
FILE_REMOVED: Final = "已删除附件：{name}"
FILES_ADDED: Final = "已上传{count}个附件"
SENT: Final = "提交成功，受理编号 {number}。进展会短信通知您，也可随时在这里查看。"
SENT_ALREADY: Final = "这件诉求已经提交过了，受理编号 {number}，没有重复提交。"
NOT_COMPLETE: Final = "还有内容需要补充或修改，请按提示改好后再提交"
DONE: Final = "“{action}”已办好"
CHANGED_MEANWHILE: Final = "就在刚才，办理情况有了新变化。请先查看最新情况；确认无误后可再次提交，您填写的内容已保留。"
ALL_READ: Final = "已全部标为已读"

STATE_CHOICES: Final = "状态"
CATEGORY: Final = "类别"
RULE_OF_PLATFORM: Final = "本平台办事规定"

STRENGTH: Final = "至少10位，同时含字母和数字。"
PROMISE_CHOICES: Final = {"open": "落实中", "done": "已落实"}
PROMISES: Final = {"open": False, "done": True}
DAY_RULE: Final = "每月第{week}个星期{weekday}举办，遇法定节假日调整。"

ACTION_NOTES: Final[dict[str, str]] = {
    "keep_off": "提出后，这件诉求一般不列入会议研究，照常由承办单位办理。会议目录审定之前都可以改变主意。",
    "allow_on": "同意后，这件诉求可以按规定列入会议，由领导当面协调。",
    "withdraw": "撤回后本件即告结束，不能恢复；问题仍需解决的，可以重新提交。",
    "rate": "评价直接送受理部门；不满意的，会按规则转承办单位再与您沟通。",
    "supplement": "补充的内容会马上送到正在办理的单位，办理期限照常计算。",
}
SURE: Final[dict[str, str]] = {"withdraw": "我确认撤回这件诉求，知道撤回后不能恢复"}
"""What ends a case is asked once more: a box to tick, so that it works without a script."""
ACTION_ICONS: Final[dict[str, str]] = {
    "rate": "star",
    "supplement": "paperclip",
    "keep_off": "calendar-x",
    "allow_on": "calendar-check",
    "withdraw": "arrow-counterclockwise",
}
NOT_NOW: Final = "当前进度是“{stage}”，现在不能{action}"
MONTH: Final = "月份"
COURSES: Final[dict[str, tuple[str, str, tuple[str, ...]]]] = {
    "cases": ("每月收到和办结", "bar", ("received", "finished")),
    "pace": ("按时率和响应率", "line", ("on_time_rate", "response_rate")),
    "content": ("企业满意率", "line", ("satisfaction_given",)),
}
"""What is drawn month by month: title, kind of chart, figures."""
FEW: Final = "少于5的数显示为“<5”，分母少于5的比率不显示；“＊”是为防止由合计推算出上述数字而一并不显示的。"
