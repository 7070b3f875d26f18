"""Proving the journal against its seals, as the neighbours keep them: what was cut off, dropped or rewritten is found."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import select

from escalation.carriage import batch, sealing, ways, words
from escalation.carriage.desk_of import desk_of
from escalation.cases.handing import Declined
from escalation.ledger.seal_tables import BridgeSeal, BridgeSealSpan
from escalation.wire import kinds, merkle, seals
from escalation.wire.reasons import Rejected
from escalation.wire.seals import Seal
from zhitongche import journal
from zhitongche.journal import ChainBroken, Stretch
from zhitongche.persistence import current_tenant, db, tenant_scope, unit_of_work

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from uuid import UUID

@dataclass
class Proof:
    """What was found wrong (Chinese sentences), what could not be looked at, and how much was compared."""

    wrong: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    seals: int = 0
    entries: int = 0
    compared: int = 0


def prove(tenant: str, held: Mapping[str, Iterable[bytes]] | None = None) -> Proof:
    """Recompute the tenant's seals from its journal and compare with `held` (keeper → envelopes); asks the keepers where not given."""
    proof = Proof()
    with tenant_scope(tenant):
        given = _asked(tenant, proof) if held is None else held
        with unit_of_work():
            _compare(given, proof)
    return proof


def _compare(given: Mapping[str, Iterable[bytes]], proof: Proof) -> None:
    ours = {row.number: row for row in db.session.scalars(select(BridgeSeal).order_by(BridgeSeal.number))}
    spans = _spans()
    signed = {number: _signed(row, proof) for number, row in ours.items()}
    roots = {number: seal.root for number, seal in signed.items()}
    for keeper, envelopes in given.items():
        for seal in _read(keeper, envelopes, proof):
            proof.compared += 1
            if seal.number not in ours:
                proof.wrong.append(words.SEAL_MISSING.format(number=seal.number, keeper=keeper, count=seal.entries))
            elif seal.digest != signed[seal.number].digest:
                proof.wrong.append(words.SEAL_DIFFERS.format(number=seal.number, keeper=keeper))
                roots[seal.number] = seal.root
    _recompute(roots, spans, proof)
    if ours and not proof.compared:
        proof.notes.append(words.NOT_COMPARED)


def _recompute(roots: Mapping[int, bytes], spans: Mapping[int, list[BridgeSealSpan]], proof: Proof) -> None:
    sound = _chains({span.petition_id for covered in spans.values() for span in covered}, proof)
    for number, root in roots.items():
        leaves: list[bytes] = []
        for span in spans.get(number, ()):
            leaves += _leaves(span, sound, proof)
        proof.seals, proof.entries = proof.seals + 1, proof.entries + len(leaves)
        if merkle.root(leaves) != root:
            proof.wrong.append(words.ROOT_DIFFERS.format(number=number))


def _leaves(span: BridgeSealSpan, sound: Mapping[UUID, bool], proof: Proof) -> list[bytes]:
    found = journal.hashes(Stretch(span.petition_id, span.first, span.last))
    wanted = span.last - span.first + 1
    if len(found) < wanted:
        proof.wrong.append(words.ENTRIES_MISSING.format(petition=span.petition_id, first=span.first, last=span.last, count=wanted - len(found)))
    elif found[-1] != span.head and sound[span.petition_id]:
        proof.wrong.append(words.REWRITTEN.format(petition=span.petition_id, last=span.last))
    return found


def _chains(petitions: Iterable[UUID], proof: Proof) -> dict[UUID, bool]:
    """Which petitions' chains hold in themselves, computed from the stored bytes."""
    sound: dict[UUID, bool] = {}
    for petition in sorted(petitions):
        try:
            journal.verify(petition)
            sound[petition] = True
        except ChainBroken as error:
            proof.wrong.append(words.CHAIN_BROKEN.format(petition=petition, seq=error.seq, why=error.why))
            sound[petition] = False
    return sound


def _spans() -> dict[int, list[BridgeSealSpan]]:
    found: dict[int, list[BridgeSealSpan]] = defaultdict(list)
    for span in db.session.scalars(select(BridgeSealSpan).order_by(BridgeSealSpan.number, BridgeSealSpan.petition_id)):
        found[span.number].append(span)
    return found


def _signed(row: BridgeSeal, proof: Proof) -> Seal:
    """The seal as we signed it; a row that says otherwise was changed, and is believed in nothing."""
    stated = Seal(row.number, row.previous, row.root, row.entries, row.sealed_at)
    try:
        signed = seals.read(desk_of(current_tenant()).gate.own(row.envelope).event.data)
    except Rejected:
        proof.wrong.append(words.OWN_UNSIGNED.format(number=row.number))
        return stated
    if (signed, signed.digest) != (stated, row.digest):
        proof.wrong.append(words.OWN_UNSIGNED.format(number=row.number))
    return signed


def _read(keeper: str, envelopes: Iterable[bytes], proof: Proof) -> list[Seal]:
    gate, found = desk_of(current_tenant()).gate, []
    for envelope in envelopes:
        try:
            event = gate.own(envelope).event
        except Rejected as error:
            proof.notes.append(words.NOT_OURS.format(keeper=keeper, why=error.message))
            continue
        if event.type == kinds.SEAL:
            found.append(seals.read(event.data))
    return found


def _asked(tenant: str, proof: Proof) -> dict[str, list[bytes]]:
    found = {}
    for keeper in sealing.keepers(tenant):
        try:
            found[keeper] = ask(keeper, tenant)
        except (ways.Unreachable, Declined, Rejected) as error:
            proof.notes.append(words.NOT_ASKED.format(keeper=keeper, why=error))
    return found


def ask(keeper: str, tenant: str) -> list[bytes]:
    """All of the tenant's seals that this neighbour keeps. Raises Unreachable, Rejected."""
    found: list[bytes] = []
    gate, after = desk_of(tenant).gate, 0
    while body := ways.fetch(keeper, tenant, "seals", after=after):
        page = batch.read(body)
        found += page
        last = int(gate.open(page[-1]).data["number"])
        if last <= after:
            break
        after = last
    return found
