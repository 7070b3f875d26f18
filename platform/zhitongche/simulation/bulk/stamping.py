"""Stamping: moulds filled for another tenant, as often as it is to have petitions. Answers rows as COPY reads them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from random import Random
from typing import TYPE_CHECKING

from zhitongche.simulation.bulk.moulds import Company
from zhitongche.simulation.bulk.numbering import numbered
from zhitongche.simulation.bulk.pressing import Press, Rows
from zhitongche.simulation.bulk.salting import salted, split
from zhitongche.simulation.enterprises import enterprise
from zhitongche.simulation.places import place_of

if TYPE_CHECKING:
    from pathlib import Path

    from zhitongche.simulation.bulk.forms import Hole
    from zhitongche.simulation.bulk.moulds import Moulds
    from zhitongche.simulation.enterprises import Enterprise
    from zhitongche.tenancy.pack import Pack

Said = tuple[str, str, str]
"""Title, content and wish of a petition."""


@dataclass(frozen=True)
class Copy:
    """One more of a mould: which one of it (0 is the first), and what its petitions say; the played words where that is None."""

    mould: int
    nth: int
    said: tuple[Said | None, ...]


class Tenant:
    """A tenant that is to be like the played one: its own ids, names and numbers."""

    def __init__(self, moulds: Moulds, pack: Pack, above: Pack, folder: Path, copies: Sequence[Copy], seed: str) -> None:
        self.moulds, self.pack, self._above, self.copies = moulds, pack, above, copies
        self.rng = Random(seed)  # noqa: S311
        # The first copies' too, so that the tenant's own rows name them.
        self.salt = self.rng.getrandbits(62)
        self.companies = self._companies(folder)
        self.times = Counter(copy.mould for copy in copies)
        self._first, self.last = numbered(moulds, self.times, self._series)

    def own(self) -> Iterator[tuple[str, str]]:
        """The rows that are of no petition, by table: text for COPY."""
        for table, form in self.moulds.own.items():
            yield table, form.filled(self._known_to_own)
        yield "number_series", "".join(f"{self.pack.code}\t{kind}\t{year}\t{last}\n" for (kind, year), last in sorted(self.last.items()))

    def petitions(self) -> Iterator[Rows]:
        """The rows of each copy in turn."""
        bound: dict[int, Press] = {}
        for copy in self.copies:
            if copy.mould not in bound:
                bound[copy.mould] = Press(self, copy.mould)
            yield bound[copy.mould].rows(copy)

    def further_facts(self) -> Counter[tuple[str, ...]]:
        """Facts that count, with how many copies there are of each beside the played one."""
        found: Counter[tuple[str, ...]] = Counter()
        for mould, times in self.times.items():
            for form in self.moulds.bundles[mould].facts if times > 1 else ():
                found[tuple(form.filled(self._known_to_own).rstrip("\n").split("\t"))] += times - 1
        return found

    def id(self, one: str, salt: int) -> str:
        """A UUIDv7 of the same moment, another one for every salt."""
        return salted(*split(one), salt)

    def number(self, was: str, nth: int) -> str:
        """The number that the nth copy bears."""
        number = self.moulds.numbers[was]
        return number.written(self._series(number.series), self._first[was] + nth)

    def known(self, hole: Hole) -> str | None:
        """What all petitions of the tenant have alike; None for what is each one's own."""
        kind, which = hole
        if kind == "id":
            return self.id(which, self.salt) if which in self.moulds.known else None
        fixed = self._fixed.get(kind)
        return fixed(which) if fixed else None

    @cached_property
    def _fixed(self) -> dict[str, Callable[[str], str | None]]:
        units = self.pack.units_by_code
        return {
            "tenant": lambda _: self.pack.code, "name": lambda _: self.pack.name, "region": lambda _: self.pack.region_code,
            "above": lambda _: self._above.code, "name_above": lambda _: self._above.name,
            "unit": lambda code: units[code].name, "unit_short": lambda code: units[code].short,
        }  # fmt: skip

    def _known_to_own(self, hole: Hole) -> str:
        kind, which = hole
        match kind:
            case "id":
                return self.id(which, self.salt)
            case "number":
                return self.number(which, 0)
            case "company_name":
                return self.companies[which].name
            case "company_code":
                return self.companies[which].credit_code
            case "company_mobile":
                return self.companies[which].mobile
        return self.known(hole) or ""

    def _companies(self, folder: Path) -> list[Company]:
        """As many enterprises, of the same kinds; another name and code each, and another mobile."""
        place, taken, shift = place_of(self.pack, folder), set[str](), self.rng.randrange(1, 10**8)
        return [self._company(one, enterprise(self.rng, place, taken), shift) for one in self.moulds.companies]

    def _company(self, one: Company, drawn: Enterprise, shift: int) -> Company:
        known = replace(one, company_id=self.id(one.company_id, self.salt), person=one.person and self.id(one.person, self.salt), mobile=_moved(one.mobile, shift))
        # Who stands for others has no code, and stays as it is.
        return replace(known, name=drawn.name, credit_code=drawn.credit_code) if one.credit_code else known

    def _series(self, was: str) -> str:
        if was == self.moulds.pack.number_prefix:
            return self.pack.number_prefix
        return was.replace(self.moulds.pack.sign or was, self.pack.sign or "", 1)


def _moved(mobile: str, shift: int) -> str:
    """Another number for each, within the same three digits."""
    return f"{mobile[:3]}{(int(mobile[3:]) + shift) % 10**8:08d}" if mobile else ""
