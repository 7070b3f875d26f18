"""One mould pressed as often as it is wanted: rows with ids, words, key and chain of their own."""

from __future__ import annotations

import os
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from zhitongche.journal.chain import GENESIS
from zhitongche.kernel import text
from zhitongche.persistence.search import pairs
from zhitongche.simulation.bulk.copying import NULL
from zhitongche.simulation.bulk.moulds import SAID
from zhitongche.simulation.bulk.salting import salted, split
from zhitongche.simulation.bulk.world import list_tables

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhitongche.simulation.bulk.forms import Bound, Hole
    from zhitongche.simulation.bulk.moulds import Case, Company
    from zhitongche.simulation.bulk.stamping import Copy, Said, Tenant

Rows = dict[str, list[str]]
"""Lines by table."""
_NONCE: Final = 12


class Press:
    """One mould with everything of the tenant's filled in: what is left is each copy's own."""

    def __init__(self, tenant: Tenant, at: int) -> None:
        self._tenant, self._mould = tenant, tenant.moulds.bundles[at]
        holes = dict.fromkeys(hole for form in self._mould.forms() for hole in form.holes)
        holes |= dict.fromkeys(("id", case.id) for case in self._mould.cases)
        open_ = [hole for hole in holes if tenant.known(hole) is None]
        # Ids come first among a copy's values: they are most of them, and made all at once.
        self._ids = [split(str(which)) for kind, which in open_ if kind == "id"]
        self._others = [hole for hole in open_ if hole[0] != "id"]
        places = {hole: at for at, hole in enumerate([hole for hole in open_ if hole[0] == "id"] + self._others)}
        self._at = [places["id", case.id] for case in self._mould.cases]
        self._tables = {table: form.bound(tenant.known, places) for table, form in self._mould.tables.items()}
        self._journals = [[tuple(form.bound(tenant.known, places) for form in one.forms()) for one in case.journal] for case in self._mould.cases]
        self._peers = [_peers(tenant.moulds.companies, company) for company in self._mould.companies]

    def rows(self, copy: Copy) -> Rows:
        """The rows of one copy; the first has the played enterprises and words, and comes onto the lists."""
        tenant, fresh = self._tenant, copy.nth > 0
        companies = [tenant.companies[tenant.rng.choice(peers) if fresh else played] for peers, played in zip(self._peers, self._mould.companies, strict=True)]
        salt = tenant.rng.getrandbits(62) if fresh else tenant.salt
        values = [salted(head, low, salt) for head, low in self._ids] + [self._value(hole, copy, companies) for hole in self._others]
        rows = {table: [form(values)] for table, form in self._tables.items() if not (fresh and table in list_tables())}
        for case, at, journal, new in zip(self._mould.cases, self._at, self._journals, copy.said, strict=True):
            _add(rows, _sealed(tenant.pack.code, values[at], journal, values))
            _add(rows, {"petition_search": [self._found(case, copy.nth, values[at], new or case.said, companies[case.company])]})
        return rows

    def _value(self, hole: Hole, copy: Copy, companies: Sequence[Company]) -> str:
        kind, which = hole
        match kind:
            case "number":
                return self._tenant.number(which, copy.nth)
            case "title" | "content" | "wish":
                at, played = which
                told = copy.said[at]
                return str(played) if told is None else told[SAID.index(kind)]
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
