"""Moulds: a played tenant's rows as forms, with a hole wherever another tenant or another petition differs."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from zhitongche.simulation.bulk import copying
from zhitongche.simulation.bulk.copying import NULL
from zhitongche.simulation.bulk.forms import Finder, Form, Hole
from zhitongche.simulation.bulk.world import BY_HAND, meeting_tables, values

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from zhitongche.simulation.bulk.copying import Line
    from zhitongche.simulation.bulk.world import Bundle, World
    from zhitongche.tenancy.pack import Pack

SAID: Final = ("title", "content", "wish")
_NUMBER: Final = re.compile(r"(?P<series>.*?)(?:〔(?P<of>\d{4})〕(?P<at>\d+)号|(?P<year>\d{4})(?P<n>\d{6}))")


@dataclass(frozen=True, slots=True)
class Company:
    """An enterprise and who speaks for it; without a person where officers wrote it down."""

    company_id: str
    name: str
    credit_code: str
    kind: tuple[str, ...]
    person: str
    contact: str
    mobile: str


@dataclass(frozen=True, slots=True)
class Number:
    """A number that was given: in which series, of which year, which."""

    series: str
    year: int
    n: int
    official: bool

    @classmethod
    def read(cls, text: str) -> Number:
        """From a petition's number or a paper's; raises ValueError."""
        if not (found := _NUMBER.fullmatch(text)):
            raise ValueError(text)
        return cls(found["series"], int(found["of"] or found["year"]), int(found["at"] or found["n"]), found["of"] is not None)

    def written(self, series: str, n: int) -> str:
        """The same of another series, with another number."""
        return f"{series}〔{self.year}〕{n}号" if self.official else f"{series}{self.year}{n:06d}"


@dataclass(frozen=True, slots=True)
class Sealed:
    """A journal entry's form: header, content, and its row up to the body."""

    header: Form
    content: Form
    line: Form

    def forms(self) -> tuple[Form, Form, Form]:
        """All three."""
        return self.header, self.content, self.line


@dataclass(frozen=True)
class Case:
    """One petition of a mould: what is made anew for it by hand."""

    id: str
    number: str
    letter: str
    said: tuple[str, str, str]
    category: str
    company: int
    searched_at: str
    journal: tuple[Sealed, ...]


@dataclass(frozen=True)
class Mould:
    """Petitions that go together: rows by table, cases, and of which enterprises."""

    tables: dict[str, Form]
    cases: tuple[Case, ...]
    companies: tuple[int, ...]
    numbers: frozenset[str]
    meets: bool
    facts: tuple[Form, ...]

    def forms(self) -> Iterator[Form]:
        """All its texts."""
        yield from self.tables.values()
        for case in self.cases:
            for one in case.journal:
                yield from one.forms()


@dataclass(frozen=True)
class Moulds:
    """All of a played tenant."""

    world: World
    pack: Pack
    companies: list[Company]
    own: dict[str, Form]
    bundles: list[Mould]
    numbers: dict[str, Number]
    known: frozenset[str]
    """Ids that the tenant's own rows bear: one a tenant, not one a petition."""


def make(world: World, pack: Pack, above: Pack) -> Moulds:
    """The moulds of what was played; `above` is the pack of its parent."""
    found = _companies(world)
    numbers = {text: Number.read(text) for rows in (world.own, *(one.rows for one in world.bundles)) for text in _numbers(world, rows)}
    shared = _shared(pack, above)
    known = frozenset(row["id"] for table, lines in world.own.items() for row in values(lines, world.columns[table]) if "id" in row)
    mould = partial(_mould, world, found, shared, meeting_tables())
    return Moulds(world, pack, found, _own(world, found, shared, numbers), [mould(bundle) for bundle in world.bundles], numbers, known)


def _shared(pack: Pack, above: Pack) -> dict[str, Hole]:
    """What differs from tenant to tenant, in every row."""
    texts: dict[str, Hole] = {pack.region_code: ("region", ""), pack.name: ("name", ""), above.name: ("name_above", "")}
    for unit in pack.units:
        texts |= {unit.name: ("unit", unit.code), unit.short: ("unit_short", unit.code)}
    return texts | {above.code: ("above", ""), pack.code: ("tenant", "")}


def _companies(world: World) -> list[Company]:
    people = {row["id"]: row for row in values(world.own["person"], world.columns["person"])}
    joined = {row["enterprise_id"]: people[row["person_id"]] for row in values(world.own.get("membership", ()), world.columns["membership"])}
    told = {row["enterprise_id"]: row for row in values(world.every("petition"), world.columns["petition"])}
    found = []
    for row in values(world.own["enterprise"], world.columns["enterprise"]):
        person, said = joined.get(row["id"]), told.get(row["id"], {})
        kind = (row["match"], row["area"], str(bool(person)), str(row["stands_for"]))
        contact = (person["name"], person["mobile"]) if person else (said.get("contact_name", ""), said.get("contact_mobile", ""))
        found.append(Company(row["id"], row["name"], row["credit_code"], kind, person["id"] if person else "", *contact))
    return sorted(found, key=lambda one: one.company_id)


def _numbers(world: World, rows: Mapping[str, list[Line]]) -> Iterator[str]:
    for table, column in (("petition", "number"), ("petition", "letter_number"), ("paper", "number"), ("paper_issue", "number")):
        yield from (row[column] for row in values(rows.get(table, ()), world.columns[table]) if row[column] != NULL)


def _own(world: World, found: list[Company], shared: dict[str, Hole], numbers: Mapping[str, Number]) -> dict[str, Form]:
    texts: dict[str, Hole] = {text: ("number", text) for text in numbers}
    for at, one in enumerate(found):
        texts |= {one.name: ("company_name", at), one.credit_code: ("company_code", at), one.mobile: ("company_mobile", at)}
    finder = Finder(texts | shared)
    return {table: finder.form("".join("\t".join(line) + "\n" for line in lines)) for table, lines in world.own.items()}


def _mould(world: World, found: list[Company], shared: dict[str, Hole], meeting: frozenset[str], bundle: Bundle) -> Mould:
    petitions = list(values(bundle.rows["petition"], world.columns["petition"]))
    at_of = {one.company_id: at for at, one in enumerate(found)}
    companies = tuple(dict.fromkeys(at_of[row["enterprise_id"]] for row in petitions))
    given: dict[str, Hole] = {text: ("number", text) for text in _numbers(world, bundle.rows)}
    finder = Finder(_texts(petitions, [found[at] for at in companies]) | given | shared)
    lines = {table: [finder.form("\t".join(line) + "\n") for line in some] for table, some in bundle.rows.items() if table not in BY_HAND}
    searched = {row["petition_id"]: row["at"] for row in values(bundle.rows["petition_search"], world.columns["petition_search"])}
    cases = [_case(row, companies.index(at_of[row["enterprise_id"]]), searched[row["id"]], finder, bundle) for row in petitions]
    meets = any(table in meeting for table in bundle.rows)
    whole = {table: Form(tuple(part for form in some for part in form.parts)) for table, some in lines.items()}
    numbers = frozenset(str(which) for form in whole.values() for kind, which in form.holes if kind == "number")
    return Mould(whole, tuple(cases), companies, numbers, meets, tuple(lines.get("figure_fact", ())))


def _case(row: dict[str, str], company: int, at: str, finder: Finder, bundle: Bundle) -> Case:
    sealed = tuple(Sealed(finder.form(one.header), finder.form(one.content), finder.form(one.line)) for one in bundle.journals[row["id"]])
    letter = "" if row["letter_number"] == NULL else row["letter_number"]
    return Case(row["id"], row["number"], letter, (row["title"], row["content"], row["wish"]), row["category"], company, at, sealed)


def _texts(petitions: list[dict[str, str]], companies: list[Company]) -> dict[str, Hole]:
    texts: dict[str, Hole] = {}
    for at, one in enumerate(companies):
        fields = {"company_id": one.company_id, "person": one.person, "name": one.name, "credit_code": one.credit_code, "contact": one.contact, "mobile": one.mobile}
        texts |= {text: (field, at) for field, text in fields.items() if text}
    for at, row in enumerate(petitions):
        for field in SAID:
            texts |= {text: (field, (at, text)) for text in _variants(row[field])}
    return texts


def _variants(text: str) -> set[str]:
    """The text as it stands in a row, in JSON, and in JSON in a row."""
    quoted = json.dumps(text, ensure_ascii=False)[1:-1]
    return {copying.escaped(text), quoted, copying.escaped(quoted)} if text else set()
