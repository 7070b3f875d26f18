"""The one door to a petition's state: load → permission → ask the flow → apply → journal → promise notices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from zhitongche import journal
from zhitongche.casework import access, clocks, disclosures, exports, fields, reckoning, reporting, words
from zhitongche.casework.case import Case, load, pack_of
from zhitongche.casework.facts import facts_of, open_clocks
from zhitongche.casework.journal_body import body_of
from zhitongche.casework.tables import Petition
from zhitongche.casework.telling import promise_papers, tell
from zhitongche.casework.verbs import VERBS
from zhitongche.flow.decide import decide, permit
from zhitongche.kernel import clock
from zhitongche.kernel.errors import Conflict
from zhitongche.persistence import db

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from zhitongche.flow.facts import Actor

UNCHANGING: Final = frozenset({exports.ACTION, disclosures.ACTION, *words.BESIDE})
"""Entries beside the flow after which a case is what it was."""


def perform(
    petition_id: UUID, action: str, actor: Actor, form: Mapping[str, Any] | None = None, *,
    version: int | None = None, through: str | None = None,
) -> Petition:  # fmt: skip
    """Carry out an action of the flow on a petition, with its journal row, clocks and promised notices.

    `through` says where an action is carried out that the flow does not leave to the case (a meeting).
    `version` is what the actor saw; a petition that has moved on since raises Conflict and nothing is changed.
    Raises NotFound, Forbidden, Refused (with the clause), Invalid (by field), Conflict. Never commits.
    """
    petition = load(petition_id, lock=True)
    access.require_read(actor, petition)
    if version is not None and version != petition.version:
        raise Conflict(_who_was_first(petition.id))
    pack, running = pack_of(petition), open_clocks(petition.id)
    facts = facts_of(petition, pack.flow, running)
    chosen = permit(pack.flow, facts, action, actor, through)
    cleaned = fields.clean(fields.fields_of(chosen, pack, petition), form or {})
    decision = decide(pack.flow, facts, action, actor, cleaned, through)
    case = Case(petition, pack, facts, actor, decision, cleaned, clock.now(), running)
    apply(case)
    return petition


def apply(case: Case) -> None:
    """What a decision entails, for a petition in hand: rows, stage, clocks, journal, notices."""
    petition, decision = case.petition, case.decision
    were = reckoning.before(case.running)
    VERBS[decision.action.verb](case)
    petition.stage = decision.to_stage
    petition.outcome = case.pack.flow.stages[decision.to_stage].outcome
    if petition.outcome and petition.closed_at is None:
        petition.closed_at, petition.next_due_at = case.now, None
    petition.updated_at = case.now
    if decision.from_stage is not None:
        petition.version += 1
    db.session.flush()
    # The verb may have named the units that owe the clocks to come.
    case.read_facts()
    clocks.turn(case)
    entry = journal.append(
        petition.id,
        action=decision.action.code,
        actor=case.actor,
        clause=decision.action.clause,
        from_stage=decision.from_stage,
        to_stage=decision.to_stage,
        body=body_of(case) | {reckoning.KEY: reckoning.after(case, were)},
    )
    tell(case, entry.seq)
    promise_papers(case, entry.seq)
    db.session.flush()
    reporting.report(case, entry)


def _who_was_first(petition_id: UUID) -> str:
    # Reading and taking out are on the record too, but they change nothing that anybody could have missed.
    last = [entry for entry in journal.entries(petition_id) if entry.action not in UNCHANGING][-1]
    name = last.actor_name or words.RECORD_KINDS.get(last.action, "")
    return words.CHANGED_MEANWHILE.format(who=name, what=_action_name(petition_id, last.action))


def _action_name(petition_id: UUID, code: str) -> str:
    action = pack_of(load(petition_id)).flow.actions.get(code)
    return action.name if action else code
