"""What the tenancy room says to people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

BROKEN_YAML: Final = "不是合法的 YAML 文本"
MEND_YAML: Final = "请检查本行附近的缩进、冒号和引号，文件须为 UTF-8 编码"
NOT_A_MAPPING: Final = "此处应为“键: 值”形式"
WRITE_A_MAPPING: Final = "请按“键: 值”逐行填写"
NOT_A_LIST: Final = "此处应为列表"
WRITE_A_LIST: Final = "请写成“- 项”逐行列出，或写成 [甲, 乙]"
WRITE_A_REMOVE: Final = "请写成 remove: {actions: [代号], grounds.refuse: [代号]}"
KEEP_ONE: Final = "请只保留其中一处"
SOME_TEXT: Final = "非空文字"
A_CODE: Final = "代号（小写字母开头，可含小写字母、数字和下划线）"
A_FLAG: Final = "是非值（true 或 false）"
NOT_SERVED: Final = "您访问的网址没有对应的服务，请核对网址。"


def finding(file: str, line: int, what: str, remedy: str) -> str:
    """One finding as one line."""
    return f"{file} 第{line}行：{what}。{remedy}。"


def unknown(what: str) -> str:
    """A word that is not in the vocabulary."""
    return f"不认识{what}"


def did_you_mean(word: str) -> str:
    """The nearest known word."""
    return f"是否应为 {word}？"


def one_of(names: Iterable[str]) -> str:
    """All known words."""
    listed = "、".join(names)
    return f"可用：{listed}" if listed else "此处没有可用的词"


def twice(name: str) -> str:
    """A key written twice."""
    return f"{name} 重复出现"


def key(name: str) -> str:
    """A key, named."""
    return f"键 {name}"


def missing(name: str) -> str:
    """A key left out."""
    return f"缺少 {name}"


def add_key(name: str) -> str:
    """What to do about a key left out."""
    return f"请补上 {name}"


def not_a(meaning: str, value: Any) -> str:
    """A value of the wrong form."""
    shown = value if isinstance(value, str) else "（空或结构不符）"
    return f"“{shown}”不是{meaning}"


def write_a(meaning: str) -> str:
    """What to write instead."""
    return f"请填写{meaning}"


def whole_number(low: int, high: int) -> str:
    """A whole number between bounds."""
    return f"{low} 至 {high} 的整数"


BAD_NEED: Final = "填写项的写法不对"
WRITE_A_NEED: Final = "请写成 lead、co?（选填）或 {opinion: 交办意见}"
CIRCULAR_LIKE: Final = "like 形成了循环"
BREAK_CIRCLE: Final = "请让其中一个包不再引用另一个"


def code(name: str) -> str:
    """A code, named."""
    return f"代号 {name}"


def pack(name: str) -> str:
    """A pack, named."""
    return f"租户包 {name}"


CHANGED_UNDER_VERSION: Final = (
    "配置包“{code}”的内容已变化，但版本号仍是 {version}。请在 pack.yaml 中换一个新的 version 后重试。"
)
NO_SUCH_VERSION: Final = (
    "找不到版本为 {version} 的配置包，请运行 ./zhitongche up 或 ./zhitongche migrate 重新登记。"
)

PLAIN_NAME: Final = "名称不能为空，也不能含引号、花括号、冒号、井号"
NEW_OFFICES: Final = """\
# 职能部门沿用所仿照的租户包；镇、街道、区、功能区以及联络员、领导是本地自己的，请在此补充。例：
# - {code: chengguanzhen, name: 城关镇人民政府, short: 城关镇, kind: town, level: town}
# 不需要的部门写在 remove 里，例：remove: {units: [haishi]}
units: []
"""


def new_pack(
    *, code: str, name: str, like: str, region: str, parent: str, prefix: str, day: str, letter: bool
) -> str:
    """The pack.yaml of a new pack."""
    series = f"letter: {{series: {name}企直转, title: 企业诉求转办函, clause: setting}}\n" if letter else ""
    return f"""\
# 流程、类别、用语沿用 {like}，只写本地不同之处。
like: {like}
code: {code}
name: {name}
region_code: "{region}"  # 请改为本地六位区划代码
parent: {parent}
number_prefix: {prefix}
version: "1.0"
effective_from: {day}
footer: {{hotline: "12345", contact: 政务服务大厅}}
{series}"""
