"""Enterprises with valid codes, and the legal-entity register (法人库) as it knows them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from random import Random
from typing import Any, Final, Literal

from stdnum.cn import uscc

from zhitongche.kernel import clock
from zhitongche.simulation.grammar import load
from zhitongche.simulation.people import person

Kind = Literal["company", "factory", "shop", "cooperative"]

CODE_ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_ORGANISATION_ALPHABET: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ORGANISATION_WEIGHTS: Final = (3, 7, 9, 10, 5, 8, 4, 2)
_PREFIX: Final[dict[Kind, str]] = {"company": "91", "factory": "91", "shop": "92", "cooperative": "93"}
_FARMING: Final = frozenset({"农产品", "茶叶", "水产"})


class Standing(StrEnum):
    """How an enterprise's own statement compares with the register."""

    MATCHING = "matching"
    MISMATCHED = "mismatched"
    ELSEWHERE = "elsewhere"


REGISTER_COLUMNS: Final = (
    "credit_code",
    "name",
    "area_code",
    "status",
    "legal_person",
    "address",
    "industry",
)


@dataclass(frozen=True, slots=True)
class Place:
    """A county or city: 地名, 六位区划代码 (GB/T 2260), 行业, 镇街; `own_codes` where a town or district has its own."""

    name: str
    area_code: str
    industries: tuple[str, ...]
    towns: tuple[str, ...]
    own_codes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Enterprise:
    """An enterprise as it describes itself; `registered_*` is what the register holds."""

    name: str
    credit_code: str
    area_code: str
    kind: Kind
    industry: str
    product: str
    mark: str
    town: str
    address: str
    legal_representative: str
    founded: date
    staff: int
    standing: Standing
    registered_name: str
    registered_legal_representative: str


def enterprise(rng: Random, place: Place, taken: set[str] | None = None) -> Enterprise:
    """An enterprise acting in `place`, its code and name not in `taken`, where they are noted."""
    taken = set() if taken is None else taken
    while True:
        found = _draw(rng, place)
        if not taken & {found.name, found.credit_code}:
            taken |= {found.name, found.credit_code}
            return found


def register_rows(enterprises: Iterable[Enterprise]) -> Iterator[dict[str, str]]:
    """Rows of the register's CSV: one for each enterprise that is registered in its place."""
    for found in enterprises:
        if found.standing is Standing.ELSEWHERE:
            continue
        yield {
            "credit_code": found.credit_code,
            "name": found.registered_name,
            "area_code": found.area_code,
            "status": "存续",
            "legal_person": found.registered_legal_representative,
            "address": found.address,
            "industry": found.industry,
        }


def credit_code(rng: Random, area_code: str, kind: Kind = "company") -> str:
    """A valid code (GB 32100-2015) whose organisation part (GB 11714) begins `MAY`, not issued yet."""
    body = "MAY" + "".join(rng.choices(CODE_ALPHABET, k=5))
    number = _PREFIX[kind] + area_code + body + _organisation_check(body)
    return number + uscc.calc_check_digit(number)


def trade_of(industry: str) -> dict[str, Any]:
    """The details of an industry; of the nearest one by its characters where it is not known."""
    trades: dict[str, dict[str, Any]] = load("trades")
    return trades[industry if industry in trades else nearest_trade(industry)]


def nearest_trade(industry: str) -> str:
    """The known trade that shares most characters with `industry`; 商贸物流 where none does."""
    best: str = max(load("trades"), key=lambda trade: len(set(trade) & set(industry)))
    return best if set(best) & set(industry) else "商贸物流"


def _draw(rng: Random, place: Place) -> Enterprise:
    industry = nearest_trade(rng.choice(place.industries))
    standing = rng.choices(list(Standing), weights=(91, 6, 3))[0]
    kind, town, mark = _kind(rng, industry), rng.choice(place.towns), _mark(rng)
    seat, area_code = place.name, place.own_codes.get(town, place.area_code)
    if standing is Standing.ELSEWHERE:
        seat, area_code = rng.choice(list(load("enterprises")["elsewhere"].items()))
    named_after = None if standing is Standing.ELSEWHERE else town
    name, owner = _name(rng, seat, named_after, mark, industry, kind), person(rng).name
    was_name, was_owner = _registered(rng, standing, name, owner, mark)
    return Enterprise(
        name, credit_code(rng, area_code, kind), area_code, kind, industry,
        rng.choice(trade_of(industry)["产品"]), mark, town, _address(rng, place, town), owner,
        _founded(rng), _staff(rng, kind), standing, was_name, was_owner,
    )  # fmt: skip


def _kind(rng: Random, industry: str) -> Kind:
    weights = (70, 14, 10, 22 if industry in _FARMING else 0)
    kinds: tuple[Kind, ...] = ("company", "factory", "shop", "cooperative")
    return rng.choices(kinds, weights=weights)[0]


def _mark(rng: Random) -> str:
    marks = load("enterprises")["marks"]
    first = rng.choice(marks["first"])
    return f"{first}{rng.choice([last for last in marks['last'] if last != first])}"


def _name(rng: Random, seat: str, town: str | None, mark: str, industry: str, kind: Kind) -> str:
    form = rng.choice(load("enterprises")["forms"][kind])
    where = seat if rng.random() < 0.6 else seat[:-1]
    if town and kind in ("factory", "shop"):
        where = seat + town
    line = rng.choice(trade_of(industry)["后缀"])
    return f"{where}{mark}{line}{form}"


def _registered(rng: Random, standing: Standing, name: str, owner: str, mark: str) -> tuple[str, str]:
    """A mismatch is mostly a change of name or of head that was not registered yet."""
    if standing is not Standing.MISMATCHED:
        return name, owner
    while True:
        former = (
            (name, person(rng).name) if rng.random() < 0.5 else (name.replace(mark, _mark(rng), 1), owner)
        )
        if former != (name, owner):
            return former


def _address(rng: Random, place: Place, town: str) -> str:
    street = rng.choice(load("enterprises")["streets"])
    return f"{place.name}{town}{street}{rng.randrange(1, 299)}号"


def _founded(rng: Random) -> date:
    year = clock.today().year - min(int(rng.expovariate(1 / 9)) + 1, 34)
    return date(year, rng.randrange(1, 13), rng.randrange(1, 29))


def _staff(rng: Random, kind: Kind) -> int:
    middle = {"company": 42, "factory": 26, "shop": 4, "cooperative": 14}[kind]
    return max(2, round(rng.lognormvariate(0, 0.8) * middle))


def _organisation_check(body: str) -> str:
    values = map(_ORGANISATION_ALPHABET.index, body)
    rest = 11 - sum(value * weight for value, weight in zip(values, _ORGANISATION_WEIGHTS, strict=True)) % 11
    return {10: "X", 11: "0"}.get(rest, str(rest))
