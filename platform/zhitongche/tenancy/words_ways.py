"""What the checks of the ways up say to people."""

from __future__ import annotations

from typing import Final

from zhitongche.flow.vocabulary import PARTIES
from zhitongche.tenancy.vocabulary import SENDS_NOTICE, SENDS_ON_REQUEST, SENDS_TAKEN

ONE_WAY: Final = "上报途径只能有一条"
KEEP_ONE_WAY: Final = "请只保留报送直接上级的一条"
NO_WAY: Final = "流程中有上报动作，但没有上报途径"
ADD_WAY: Final = "请在 escalation.yaml 中写明 ways"
LET_IT_TAKE: Final = "请在上级的流程中加上 report_in 等承接下级上报的动作"
LEVEL_NOT_ABOVE: Final = "上报层级不高于本级"
LET_MESSAGES: Final = "请把 who 写成 system，上下级平台的消息到达时由系统办理"
NO_DEFAULT: Final = "上级可能不告知期限，此时该时限没有长度"
LET_OFFICIALS: Final = "请把 who 写成窗口、热线或受理部门，由工作人员代为登记"
HOST_ITSELF: Final = "请写明有门户、受理诉求的上级，或去掉 portal"
ADD_DEFAULT: Final = "请写成 {by: above, default: 30 wd}"

_SENT: Final = {**SENDS_NOTICE, **SENDS_TAKEN, **SENDS_ON_REQUEST}


def takes_none(name: str) -> str:
    """A tenant above whose flow takes nothing from below."""
    return f"上级 {name} 的流程不承接下级上报"


def hosted_by_parent(name: str | None) -> str:
    """Whose portal may host a tenant."""
    return f"门户只能由上级 {name} 承载" if name else "没有上级的租户不能由别处承载门户，请去掉 portal"


def hosts_none(name: str) -> str:
    """A host without a portal."""
    return f"{name} 没有可以承载下级的门户"


def no_portal_for(action: str) -> str:
    """What an enterprise could only do in a portal."""
    return f"本租户没有自己的门户，企业不能自己办理“{action}”"


def not_sent(field: str) -> str:
    """A field that every way must send."""
    return f"移送内容缺少 {field}（{_SENT[field]}）"


def add_sent(field: str) -> str:
    """What to do about it."""
    return f"请加上 {field}"


def not_once(verb: str) -> str:
    """A verb that the flow must have once."""
    return f"流程中 does: {verb} 的动作须有且只有一个"


def write_once(verb: str) -> str:
    """What to do about it."""
    return f"请在 flow.yaml 中写一个 does: {verb} 的动作"


def acts_not(party: str) -> str:
    """A party of another level that cannot act here."""
    return f"{PARTIES[party]}不在本平台直接操作"


def only_by_message(verb: str) -> str:
    """A verb that only messages call."""
    return f"动作 {verb} 只能由上下级平台的消息引起"
