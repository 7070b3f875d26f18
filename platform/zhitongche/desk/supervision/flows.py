"""What the tenant's mechanism offers a supervisor, and what he may do to an item now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import url_for

from zhitongche.desk import guard
from zhitongche.tenancy import current, versions

if TYPE_CHECKING:
    from zhitongche.casework.queries.supervised import Supervised
    from zhitongche.flow.definition import Action


@dataclass(frozen=True, slots=True)
class Step:
    """A step that is open on an item: its name, where its page is, by which clause."""

    name: str
    url: str
    clause: str


def verbs() -> frozenset[str]:
    """What the flow in force knows."""
    return current.pack().flow.verbs


def weekly() -> list[str]:
    """Codes of the limits that come every week (ST-3.4.b)."""
    return [code for code, rule in current.pack().flow.clocks.items() if rule.weekday is not None]


def cited(*clauses: str) -> str:
    """The first of these that is of the text on which the tenant's mechanism rests; empty where none is."""
    texts = {action.clause.partition("-")[0] for action in current.pack().flow.actions.values()}
    return next((clause for clause in clauses if clause.partition("-")[0] in texts), "")


def has_monthly_list() -> bool:
    """Whether the mechanism asks for a monthly list (ST-3.5)."""
    return any(routine.kind == "monthly_list" for routine in current.pack().routines)


def stages_of(verb: str) -> frozenset[str]:
    """The stages in which the flow in force has the verb."""
    flow = current.pack().flow
    return flow.by_verb(verb).sources if verb in flow.verbs else frozenset()


def step(row: Supervised, verb: str) -> Step | None:
    """The page of the verb's action, where this official may take it at this stage; its guards are asked there."""
    action = _action(row, verb)
    if action is None or row.stage not in action.sources or not guard.actor().roles & set(action.who):
        return None
    clause = "" if action.clause == "setting" else action.clause
    return Step(action.name, url_for("desk.action.show", petition_id=row.id, code=action.code), clause)


def _action(row: Supervised, verb: str) -> Action | None:
    flow = versions.pack_at(row.pack_version).flow
    return flow.by_verb(verb) if verb in flow.verbs else None
