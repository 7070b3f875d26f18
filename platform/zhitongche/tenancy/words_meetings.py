"""What the checks of meetings.yaml say to people."""

from __future__ import annotations

from typing import Final

NOT_ON_DAY: Final = "只有召开会议（hold）落在当日，且必须落在当日"
MEND_DAY: Final = "请把 hold 写成 when: day，其他事项写成之前或之后的工作日"
WRONG_SIDE: Final = "事项的先后与日期不符"
MEND_SIDE: Final = "会前的事项列在 hold 之前并写成 -N wd，会后的列在 hold 之后并写成 N wd after"


def step(name: str) -> str:
    """A step, named."""
    return f"事项 {name}"


def no_step(name: str) -> str:
    """A step that no meeting can do without."""
    return f"缺少事项“{name}”"


def add_step(does: str) -> str:
    """What to do about it."""
    return f"请增加一个 does: {does} 的事项"


def no_verb(verb: str) -> str:
    """An action that the flow needs so that meetings have an effect."""
    return f"设有会议，但流程没有 does: {verb} 的操作"


def add_verb(verb: str) -> str:
    """What to do about it."""
    return f"请在 flow.yaml 增加一个 does: {verb} 的操作，或删去 meetings.yaml 中的会议"


def cannot(party: str, action: str) -> str:
    """Somebody who owes a step but may not do what it entails."""
    return f"会议中由{party}办理，但流程的操作“{action}”没有写明{party}可以办理"


def let(party: str) -> str:
    """What to do about it."""
    return f"请在该操作的 who 中加上 {party}"


def paper(name: str) -> str:
    """A paper, named."""
    return f"公文 {name}"


def signs_not(paper: str, step: str, party: str) -> str:
    """A paper that somebody else signs than whoever owes the step."""
    return f"公文“{paper}”与事项“{step}”的办理方（{party}）不一致"


def let_sign(stage: str, party: str) -> str:
    """What to do about it."""
    return f"请在该公文模板的 by 中写明 {stage}: {party}，或改正会议事项的 owes"
