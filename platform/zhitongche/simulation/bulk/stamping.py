"""Stamping: moulds filled for another tenant, as often as it is to have petitions. Answers rows as COPY reads them."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from hashlib import sha256
from random import Random
from typing import TYPE_CHECKING, Final

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from zhitongche.documents.deciding import LETTER, PAPER
from zhitongche.journal.chain import GENESIS
from zhitongche.kernel import text
from zhitongche.persistence.search import pairs
from zhitongche.simulation.bulk.copying import NULL
from zhitongche.simulation.bulk.moulds import SAID, Company
from zhitongche.simulation.enterprises import enterprise
from zhitongche.simulation.places import place_of

if TYPE_CHECKING:
    from pathlib import Path

    from zhitongche.simulation.bulk.forms import Bound, Hole
    from zhitongche.simulation.bulk.moulds import Case, Moulds, Number
    from zhitongche.simulation.enterprises import Enterprise
    from zhitongche.tenancy.pack import Pack

Rows = dict[str, list[str]]
"""Lines by table."""
Said = tuple[str, str, str]
"""Title, content and wish of a petition."""
LISTS: Final = frozenset({"monthly_item"})
"""Of lists that were made once: a copy of a petition does not come onto them."""
_LOW: Final = (1 << 62) - 1
_TAIL: Final = (1 << 48) - 1
_NONCE: Final = 12


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
        self._salt = self.rng.getrandbits(62)
        self.companies = self._companies(folder)
        self.times = Counter(copy.mould for copy in copies)
        self._first, self.last = _numbered(moulds, self.times, self._series)

    def own(self) -> Iterator[tuple[str, str]]:
        """The rows that are of no petition, by table: text for COPY."""
        for table, form in self.moulds.own.items():
            yield table, form.filled(self._known_to_own)
        yield "number_series", "".join(f"{self.pack.code}\t{kind}\t{year}\t{last}\n" for (kind, year), last in sorted(self.last.items()))

    def petitions(self) -> Iterator[Rows]:
        """The rows of each copy in turn."""
        bound: dict[int, _Press] = {}
        for copy in self.copies:
            if copy.mould not in bound:
                bound[copy.mould] = _Press(self, copy.mould)
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
        low = int(one[19:23] + one[24:], 16) & _LOW ^ salt
        return f"{one[:19]}{0x8000 | low >> 48:04x}-{low & _TAIL:012x}"

    def number(self, was: str, nth: int) -> str:
        """The number that the nth copy bears."""
        number = self.moulds.numbers[was]
        return number.written(self._series(number.series), self._first[was] + nth)

    def known(self, hole: Hole) -> str | None:
        """What all petitions of the tenant have alike; None for what is each one's own."""
        kind, which = hole
        if kind == "id":
            return self.id(which, self._salt) if which in self.moulds.known else None
        return self._fixed.get(kind, lambda _which: None)(which)

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
                return self.id(which, self._salt)
            case "number":
                return self.number(which, 0)
            case "company_name":
                return self.companies[which].name
            case "company_code":
                return self.companies[which].credit_code
            case "company_mobile":
                return self.companies[which].mobile
        return self.known(hole) or ""

    @property
    def salt(self) -> int:
        """The first copy's, so that the tenant's own rows name it."""
        return self._salt

    def _companies(self, folder: Path) -> list[Company]:
        """As many enterprises, of the same kinds; another name and code each, and another mobile."""
        place, taken, shift = place_of(self.pack, folder), set[str](), self.rng.randrange(1, 10**8)
        return [self._company(one, enterprise(self.rng, place, taken), shift) for one in self.moulds.companies]

    def _company(self, one: Company, drawn: Enterprise, shift: int) -> Company:
        known = replace(one, company_id=self.id(one.company_id, self._salt), person=one.person and self.id(one.person, self._salt), mobile=_moved(one.mobile, shift))
        # Who stands for others has no code, and stays as it is.
        return replace(known, name=drawn.name, credit_code=drawn.credit_code) if one.credit_code else known

    def _series(self, was: str) -> str:
        if was == self.moulds.pack.number_prefix:
            return self.pack.number_prefix
        return was.replace(self.moulds.pack.sign or was, self.pack.sign or "", 1)


def _moved(mobile: str, shift: int) -> str:
    """Another number for each, within the same three digits."""
    return f"{mobile[:3]}{(int(mobile[3:]) + shift) % 10**8:08d}" if mobile else ""


def _numbered(moulds: Moulds, times: Mapping[int, int], series: Callable[[str], str]) -> tuple[dict[str, int], dict[tuple[str, int], int]]:
    """From where each played number's copies are numbered, in the order of the played ones; and the last of each kind and year."""
    of = {case_number: times[at] for at, mould in enumerate(moulds.bundles) for case_number in mould.numbers}
    first: dict[str, int] = {}
    last: dict[tuple[str, int], int] = {}
    for was, number in sorted(moulds.numbers.items(), key=lambda item: (item[1].series, item[1].year, item[1].n)):
        counted = (_kind(moulds.pack, number, series), number.year)
        first[was] = last.get(counted, 0) + 1
        last[counted] = last.get(counted, 0) + of.get(was, 1)
    return first, last


def _kind(pack: Pack, number: Number, series: Callable[[str], str]) -> str:
    if not number.official:
        return "petition"
    return LETTER if pack.letter and pack.letter.series == number.series else PAPER + series(number.series)


class _Press:
    """One mould with everything of the tenant's filled in: what is left is each copy's own."""

    def __init__(self, tenant: Tenant, at: int) -> None:
        self._tenant, self._mould = tenant, tenant.moulds.bundles[at]
        holes = dict.fromkeys(hole for form in self._mould.forms() for hole in form.holes)
        self._open = [hole for hole in holes if tenant.known(hole) is None]
        self._ids = dict.fromkeys([which for kind, which in self._open if kind == "id"] + [case.id for case in self._mould.cases])
        places = {hole: at for at, hole in enumerate(self._open)}
        self._tables = {table: form.bound(tenant.known, places) for table, form in self._mould.tables.items()}
        self._journals = [[tuple(form.bound(tenant.known, places) for form in one.forms()) for one in case.journal] for case in self._mould.cases]
        self._peers = [_peers(tenant.moulds.companies, company) for company in self._mould.companies]

    def rows(self, copy: Copy) -> Rows:
        """The rows of one copy; the first has the played enterprises and words, and comes onto the lists."""
        tenant, fresh = self._tenant, copy.nth > 0
        salt = tenant.rng.getrandbits(62) if fresh else tenant.salt
        ids = {one: tenant.id(one, salt) for one in self._ids}
        companies = [tenant.companies[tenant.rng.choice(peers) if fresh else played] for peers, played in zip(self._peers, self._mould.companies, strict=True)]
        said = [new or case.said for new, case in zip(copy.said, self._mould.cases, strict=True)]
        values = [self._value(hole, copy, ids, companies) for hole in self._open]
        rows = {table: [form(values)] for table, form in self._tables.items() if not (fresh and table in LISTS)}
        for case, journal, words in zip(self._mould.cases, self._journals, said, strict=True):
            _add(rows, _sealed(tenant.pack.code, ids[case.id], journal, values))
            _add(rows, {"petition_search": [self._found(case, copy.nth, ids[case.id], words, companies[case.company])]})
        return rows

    def _value(self, hole: Hole, copy: Copy, ids: Mapping[str, str], companies: Sequence[Company]) -> str:
        kind, which = hole
        match kind:
            case "id":
                return ids[which]
            case "number":
                return self._tenant.number(which, copy.nth)
            case "title" | "content" | "wish":
                at, played = which
                told = copy.said[at]
                return played if told is None else told[SAID.index(kind)]
        return str(getattr(companies[which], kind))

    def _found(self, case: Case, nth: int, petition: str, said: Said, company: Company) -> str:
        number, letter = self._tenant.number(case.number, nth), self._tenant.number(case.letter, nth) if case.letter else ""
        parts = [_searched(part) for part in (number, letter, *said, company.name, company.credit_code)]
        plain, words = " ".join(plain for plain, _ in parts if plain), " ".join(words for _, words in parts)
        return f"{self._tenant.pack.code}\t{petition}\t{words}\t{plain}\t{case.searched_at}\n"


def _peers(companies: list[Company], of: int) -> list[int]:
    return [at for at, one in enumerate(companies) if one.kind == companies[of].kind]


def _add(rows: Rows, more: Rows) -> None:
    for table, lines in more.items():
        rows.setdefault(table, []).extend(lines)


def _sealed(tenant: str, petition: str, journal: Sequence[tuple[Bound, ...]], values: Sequence[str]) -> Rows:
    """The journal under a key of its own, chained anew: journal.sealing and journal.chain on texts at hand."""
    key = os.urandom(32)
    seal, previous, lines = AESGCM(key).encrypt, GENESIS, []
    for header, content, line in journal:
        plain, nonce = header(values).encode(), os.urandom(_NONCE)
        body = nonce + seal(nonce, content(values).encode(), plain)
        this = sha256(previous + plain + sha256(body).digest()).digest()
        lines.append(f"{line(values)}\t\\\\x{body.hex()}\t\\\\x{previous.hex()}\t\\\\x{this.hex()}\n")
        previous = this
    keyed = f"{tenant}\t{petition}\t\\\\x{key.hex()}\t{NULL}\t{len(lines)}\t\\\\x{previous.hex()}\n"
    return {"journal_entry": lines, "dossier_key": [keyed]}


@lru_cache(maxsize=100_000)
def _searched(part: str) -> tuple[str, str]:
    # The parts of a dossier are words of their own, so that what was said once need not be split again.
    plain = text.normalized(part)
    return plain, " ".join(f"'{word}'" for word in pairs(plain))
