"""What the checks of packs say to people."""

from __future__ import annotations

from typing import Final

from zhitongche.flow.vocabulary import NEEDS, PARTIES, ROLES
from zhitongche.tenancy.papers_vocabulary import LAYOUTS
from zhitongche.tenancy.vocabulary import ROUTINE_EVERY, ROUTINES

NO_PACKS: Final = "没有找到租户包"
ADD_A_PACK: Final = "请确认目录下有含 pack.yaml 的文件夹"
HOURS_REVERSED: Final = "上班时间不早于下班时间"
MEND_HOURS: Final = "请核对 opens 与 closes"
DARKER: Final = "请换成更深的颜色，使对比度不低于 4.5"
NO_LETTER: Final = "流程中有发函动作，但没有 letter（函件编号）"
ADD_LETTER: Final = "请补上 letter，写明 series、title 和 clause"
MEND_ROW: Final = "请更正本行"
CHOOSE_ANOTHER: Final = "请另选一个"
MEND_PARENT: Final = "上级的层级须高于本级"
NO_CATEGORIES: Final = "没有诉求类别"
ADD_LIMIT: Final = "请给该类别填写 limit，或给该时限填写 default"
NO_GROUNDS: Final = "流程要求选择情形，但此处一项也没有"
ADD_GROUNDS: Final = "请列出情形及其条款号"
NO_REGISTER: Final = "流程没有登记诉求的动作"
ADD_REGISTER: Final = "请增加一个 does: register 的动作"
TURN_OR_OUTCOME: Final = "环节须有且只有 owes（轮到谁办）或 outcome（办结结果）之一"
ADD_TURN_OR_OUTCOME: Final = "未办结的环节写 owes，办结的环节写 outcome"
TARGETS_BEHIND: Final = "没有条件的去向之后还有别的去向，永远走不到"
ORDER_TARGETS: Final = "请把没有条件的去向放在最后"
FROM_OR_START: Final = "只有登记动作不写 from，其他动作都要写 from"
MEND_FROM: Final = "请核对本动作的 from"
NO_FIRST_STAGE: Final = "登记后可能没有环节可进"
ADD_FIRST_STAGE: Final = "请在 to 的最后写一个没有条件的环节"
ONE_LIMIT: Final = "时限须有且只有 limit 或 every 之一"
GIVE_ONE_LIMIT: Final = "请填写 limit（如 3 wd）或 every（如 thursday）"
NEVER_STARTS: Final = "时限永远不会开始"
ADD_START: Final = "请填写 on（由哪些动作开始）或 entering（进入哪些环节时开始）"
NEVER_MET: Final = "时限没有完成的办法"
ADD_MET: Final = "请填写 met（由哪些动作完成）"
LET_SYSTEM: Final = "请在该动作的 who 中加上 system"
TOO_MANY_STATES: Final = "流程过于复杂，无法逐一核验"
SIMPLER: Final = "请减少环节或同时运行的时限"
REACH_IT: Final = "请让某个动作的 to 通向它，或删去它"
LEAD_OUT: Final = "请增加通向办结环节的动作"
GIVE_A_MOVE: Final = "请为其增加能离开本环节的动作，或设 at_due 由系统办理"
GIVE_A_CLOCK: Final = "请增加在本环节运行的时限"
BACK_IN_TIME: Final = "本步时间早于上一步"
ORDER_STEPS: Final = "请按时间先后排列"
CHECK_COURSE: Final = "请对照流程核对前后步骤"
NO_MARK: Final = "红头公文和信函须有发文机关标志和发文机关代字"
ADD_MARK: Final = "请补上 mark（发文机关标志）和 series（发文机关代字）"

REPORT_MADE: Final = "统计报告已生成"
LEAVE_OUT: Final = "请删去"
URGING_BY: Final = "请用 by 写明由谁签发催办（如 supervision；由系统自动签发的写 system）"
NO_URGING: Final = "有定期催办（urging），但流程没有 through: urging 的催办操作"
ADD_URGING: Final = "请在 flow.yaml 中补上 does: urge、through: urging 的操作"


def only_routine(key: str, kind: str) -> str:
    """A key of one kind of routine on another."""
    return f"{key} 只用于{ROUTINES[kind]}（{kind}）"


def not_of(key: str, every: str) -> str:
    """A day told in the words of another rhythm."""
    return f"{ROUTINE_EVERY[every]}的例行事项不用 {key}"


def routine_days(every: str, key: str) -> str:
    """How a routine's day is told."""
    return f"请用 {key} 写明{ROUTINE_EVERY[every]}的哪一天"


def other_folder(name: str) -> str:
    """Folder and code differ."""
    return f"代号 {name} 与文件夹名不一致"


def rename_folder(name: str) -> str:
    """What to do where folder and code differ."""
    return f"请把文件夹改名为 {name}，或改正代号"


def weak_contrast(name: str, ratio: float) -> str:
    """A colour too light for text on white."""
    return f"颜色 {name} 在白底上的对比度只有 {ratio:.1f}"


def taken(name: str, other: str) -> str:
    """A name that another pack has."""
    return f"{name} 已被租户包 {other} 使用"


def parent_not_above(name: str) -> str:
    """A parent that does not stand higher."""
    return f"上级 {name} 的层级不高于本级"


def not_parent(name: str) -> str:
    """A way up that leads elsewhere."""
    return f"{name} 不是本租户的上级"


def only_parent(name: str | None) -> str:
    """Where a way up may lead."""
    return f"只能报送上级 {name}" if name else "没有上级的租户不能设上报途径"


def unit(name: str) -> str:
    """A unit, named."""
    return f"单位 {name}"


def stage(name: str) -> str:
    """A stage, named."""
    return f"环节 {name}"


def message(name: str) -> str:
    """A message, named."""
    return f"消息 {name}"


def field(name: str) -> str:
    """A field between braces, named."""
    return f"填充项 {name}"


def paper(name: str) -> str:
    """A kind of paper, named."""
    return f"公文 {name}"


def box(name: str) -> str:
    """A box of a form, named."""
    return f"栏目 {name}"


def layout_shows(layout: str, key: str) -> str:
    """What a layout cannot do without."""
    return f"版式“{LAYOUTS[layout]}”须写明 {key}"


def party(name: str) -> str:
    """A party, named."""
    return f"当事方 {name}"


def nobody_holds(role: str) -> str:
    """A role that the flow calls for and no unit has."""
    return f"没有单位担任角色 {role}（{ROLES[role]}）"


def give_role(role: str) -> str:
    """What to do about it."""
    return f"请在相应单位的 roles 中加上 {role}"


def cannot_handle(name: str) -> str:
    """A usual unit that cannot handle."""
    return f"单位 {name} 不承办诉求"


def no_limit(category: str, clock: str) -> str:
    """A category without the limit that a clock reads from it."""
    return f"类别“{category}”没有办理期限，而时限“{clock}”取自类别"


def no_message(name: str, meaning: str) -> str:
    """A standing message left out."""
    return f"缺少消息 {name}（{meaning}）"


def bad_credit_code(name: str) -> str:
    """A credit code that is none."""
    return f"统一社会信用代码 {name} 不正确"


def verb_needs(verb: str, need: str) -> str:
    """A need that the verb cannot do without."""
    return f"动作 {verb} 必须填写 {need}（{NEEDS[need].label}）"


def add_need(need: str) -> str:
    """What to do about it."""
    return f"请在 needs 中加上 {need}，不带问号"


def not_by_system(name: str) -> str:
    """An action that the system may not do."""
    return f"动作 {name} 不能由系统办理"


def not_reached(name: str) -> str:
    """A stage that no case reaches."""
    return f"环节“{name}”永远走不到"


def no_way_out(name: str) -> str:
    """A stage from which no case is ever closed."""
    return f"从环节“{name}”无法走到办结"


def no_move(name: str, owes: str) -> str:
    """A stage whose party cannot move the case on."""
    return f"环节“{name}”轮到{PARTIES[owes]}办理，但其没有可用的动作"


def no_clock(name: str, course: list[str]) -> str:
    """A stage in which no clock runs, and how a case gets there."""
    return f"经“{' → '.join(course)}”到达环节“{name}”时，没有任何时限在运行"


def clock_of_others(name: str, owes: str) -> str:
    """A stage in which only other parties' clocks run."""
    return f"环节“{name}”轮到{PARTIES[owes]}办理，但没有对其计时的时限"


def cannot_happen(name: str) -> str:
    """A step of a scenario that the flow does not allow there."""
    return f"按流程此时不能“{name}”"


def add_file(name: str) -> str:
    """What to do about a file left out."""
    return f"请补上文件 {name}，或在 pack.yaml 中用 like 引用已有租户包"
