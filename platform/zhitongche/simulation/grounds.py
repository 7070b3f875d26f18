"""On which of a pack's grounds a petition is taken or refused: packs name them, texts are numbered as in ST-2.b."""

from random import Random
from typing import Final

from zhitongche.tenancy.pack import Pack

ELSEWHERE: Final = ("不在本地登记", "登记注册")
SIGNS: Final[dict[int, tuple[str, ...]]] = {
    1: ("秘密", "隐私"),
    2: ("军队", "国家安全"),
    3: ("非政府",),
    4: ("诉讼", "仲裁"),
    5: ("依法办结", "已有处理决定"),
    6: ("110", "紧急"),
    7: ("不清",),
    8: ("违反", "公序良俗"),
    9: ("损害",),
    10: ("超出", "不属于"),
}
"""Ground of ST-2.b → words by which a pack's own ground is recognised."""


def known(pack: Pack) -> list[int]:
    """The grounds of ST-2.b that the pack has."""
    return [number for number, signs in SIGNS.items() if _find(pack, signs)]


def refuses_elsewhere(pack: Pack) -> bool:
    """Whether the pack refuses enterprises that are registered elsewhere (RP-2.3.g)."""
    return _find(pack, ELSEWHERE) is not None


def refusing(pack: Pack, ground: int | None) -> str:
    """The code of the ground; None stands for an enterprise registered elsewhere."""
    found = _find(pack, ELSEWHERE if ground is None else SIGNS[ground])
    return found or list(pack.grounds_refuse)[-1]


def accepting(rng: Random, pack: Pack, category: str) -> str:
    """The code of a ground on which a petition of this category is taken (ST-2.a)."""
    suggests = [g.code for g in pack.grounds_accept.values() if "建议" in g.name]
    others = [code for code in pack.grounds_accept if code not in suggests]
    return rng.choice((suggests if category == "suggestion" else others) or list(pack.grounds_accept))


def _find(pack: Pack, signs: tuple[str, ...]) -> str | None:
    return next((g.code for g in pack.grounds_refuse.values() if any(sign in g.name for sign in signs)), None)
