"""What the bridge's pages say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from zhitongche.flow.vocabulary import RESOLUTIONS
from zhitongche.tenancy.vocabulary import CATEGORIES, GROUNDS_FOR_ESCALATION, PETITION_LEVELS

DIRECTIONS: Final = {"above": "上级", "below": "下级", "other": "其他"}
STATES: Final = {
    "unsent": ("待发出", "plain"), "sent": ("已发出，等回执", "primary"), "failed": ("未回执", "warning"), "late": ("超过24小时未回执", "danger"),
    "delivered": ("已送达", "success"), "again": ("已送达，对方缺失，补发中", "warning"), "reissued": ("已改号另发", "plain"),
    "applied": ("已收到并办理", "success"), "standing": ("已收到，停住待处理", "danger"), "waiting": ("已收到，等前一条", "warning"),
    "overtaken": ("已收到，不再接续", "plain"),
}  # fmt: skip
"""State of a message → words and tone."""
MEANS: Final = {
    "unsent": "已写入待发队列，还没有发送过。", "sent": "已经发出，对方还没有给出回执。", "failed": "上一次发送没有得到回执，系统会一直重发，不会丢弃。",
    "late": "发出超过24小时仍没有回执，系统仍在重发；请联系对方运行维护人员。", "delivered": "对方已签发回执，回执经过验签。",
    "again": "对方曾签发回执，对账发现对方现在没有这一条（可能恢复过较早的备份），正在补发。",
    "reissued": "本单位数据库恢复过，这一条已用新的编号另行发出。", "applied": "已按报文办理。",
    "standing": "报文本身合格，但现在办理不了；这一件诉求的后续报文都在等它。", "waiting": "前面还有一条报文没有收到，收到后自动接续。",
    "overtaken": "对方数据库恢复后已另发新报文，这一条不再接续。",
}  # fmt: skip
DEEDS: Final = {"retry": "立即重发", "resume": "结束暂停", "release": "重新处理", "dismiss": "忽略", "read": "查看内容", "rotate": "更换密钥", "revoke": "吊销密钥", "new_epoch": "启用新纪元", "import": "导入信任名录"}
EPOCHS: Final = {"first": "初次启用", "restored": "发现数据库从备份恢复", "asked": "运行维护人员指定"}
ERRORS: Final = {
    "ConnectError": "连接不上对方", "ConnectTimeout": "连接对方超时", "ReadTimeout": "对方没有及时应答", "WriteTimeout": "发送超时",
    "PoolTimeout": "连接数已满", "RemoteProtocolError": "对方应答中断", "ReadError": "对方应答中断", "WriteError": "发送中断",
}  # fmt: skip
RETRIED: Final = "已排到最前，一分钟内重发。"
RESUMED: Final = "已结束暂停，一分钟内再次发送。"
RELEASED: Final = "已重新处理，办理成功。"
HELD_AGAIN: Final = "重新处理后仍未通过，最新原因见隔离区。"
DISMISSED: Final = "已忽略，后续报文继续办理。"
DIFFERENCES: Final = "与“{peer}”最近一次对账发现 {count} 处不一致，正在自动补发；如下次对账仍不一致，请与对方核对。"
GAPS: Final = "有 {count} 件诉求的报文缺了一条，已超过10分钟，正在向对方索取。"
REFUSED: Final = "隔离区有 {count} 条被拒收的报文。"
READ_MESSAGE: Final = "查看上报桥报文“{type}”"
REASON: Final = ("理由", "写明为什么这样处理，会与您的姓名、时间一起留存。")
ERASED: Final = "企业已撤回，内容不再显示。"
OTHER_TYPE: Final = "无法识别的报文"

FIELDS: Final = {
    "level": "上报到", "category": "类别", "matter": "事项", "title": "标题", "area": "地区", "ground": "上报理由", "clause": "条款依据",
    "deadline": "应受理时限", "received_on": "收件日期", "opinions": "各级意见", "unit": "单位", "text": "内容", "at": "时间", "dossier": "案卷",
    "digest": "摘要值", "documents": "材料", "ref": "对方编号", "enterprise": "企业", "name": "名称", "credit_code": "统一社会信用代码",
    "content": "诉求内容", "wish": "诉求愿望", "contact_masked": "联系人（已遮盖）", "media_type": "文件类型", "size": "字节数", "reason": "理由",
    "state": "状态", "holder": "承办单位", "due": "时限", "resolution": "办理结果", "by": "退回单位", "purpose": "用途", "what": "所要材料", "token": "一次性链接",
}  # fmt: skip
"""Names of what messages hold."""
VALUES: Final[dict[str, Mapping[str, str]]] = {
    "level": PETITION_LEVELS, "category": CATEGORIES, "ground": GROUNDS_FOR_ESCALATION, "resolution": RESOLUTIONS,
    "state": {"taken": "已受理", "progress": "办理中", "asked": "要求补充", "decided": "已作出处理", "closed": "已办结"},
}  # fmt: skip
"""Names of what are codes there."""
SECRET: Final = frozenset({"token"})
"""Shown to nobody."""
