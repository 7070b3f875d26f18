"""What the bridge says of cases."""

from typing import Final

NOT_APPLICABLE: Final = "该报文所说的办理动作现在无法执行，请查看该诉求件"
UNKNOWN_REPORT: Final = "本级没有这一件下级上报的诉求（可能本级数据库是从较早的备份恢复的）"
UNKNOWN_RISE: Final = "本级没有这一件上报记录（可能本级数据库是从较早的备份恢复的）。请核对后重新上报，再处理本条"
CONTACT: Final = "联系人姓名和手机"
NOT_GIVEN: Final = "（系统）所调阅的材料按规定不能提供，或不在已告知的材料之内。用途：{purpose}"
NOT_ASKED: Final = "下级提供的材料不是本级调阅的，未接收"
NOT_THE_SAME: Final = "下级移送的材料与其校验值不符，未接收，请重新调阅"
NOT_READABLE: Final = "下级移送的联系方式无法识别，未接收，请重新调阅"
DECLINED: Final[dict[str, str]] = {
    "unknown": "调阅链接不存在，或不是给本单位的",
    "used": "调阅链接已经用过一次",
    "expired": "调阅链接已过24小时",
    "case_ended": "该件已撤回或已有结果，不再移送材料",
    "gone": "材料已不在原处",
    "changed": "材料与登记的校验值不符",
}
"""Why nothing is handed over, by code."""
A_UNIT: Final = "经办单位"
"""Where the journal names none."""
RECOVERED: Final = (
    "上报桥：本级数据库是从备份恢复的。“{peer}”退回了本级发出过、而本级已没有的报文（{number}，往来编号 {bridge}），报文已归还登记，"
    "办理动作没有恢复。请经办人员核对该件并重做缺少的办理：重做后往来编号不变，对方认得，不会变成两件。"
)
"""To the keepers, who see numbers and never a case's contents."""
NO_NUMBER: Final = "本级现有登记中查不到的一件"
"""Where the restored database does not know the rise, or the whole case."""
