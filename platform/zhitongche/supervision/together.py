"""One step on many petitions, each through the door in a transaction of its own: one that cannot be done holds up no other."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from zhitongche.casework.case import load, pack_of
from zhitongche.casework.door import perform
from zhitongche.kernel.errors import Conflict, Forbidden, Invalid, NotFound, Refused
from zhitongche.persistence import unit_of_work

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from uuid import UUID

    from zhitongche.flow.facts import Actor


@dataclass
class Outcome:
    """How many were done, why others were not, and what was wrong with the form."""

    done: int = 0
    wrong: list[str] = field(default_factory=list)
    invalid: str = ""


def act(ids: Iterable[UUID], what: Callable[[UUID], object]) -> Outcome:
    """Do it to each. What is wrong with the form ends it: it would be wrong with all. Commits, since each stands alone."""
    outcome = Outcome()
    for one in ids:
        try:
            with unit_of_work():
                what(one)
            outcome.done += 1
        except Invalid as error:
            outcome.invalid = "；".join(error.errors.values())
            return outcome
        except (Refused, Forbidden, Conflict, NotFound) as error:
            outcome.wrong.append(error.message)
    return outcome


def by_verb(verb: str, actor: Actor, form: Callable[[UUID], dict[str, Any]]) -> Callable[[UUID], object]:
    """The step of that verb, by the flow that each petition goes by; NotFound where it knows none."""

    def what(petition_id: UUID) -> None:
        flow = pack_of(load(petition_id)).flow
        if verb not in flow.verbs:
            raise NotFound
        perform(petition_id, flow.by_verb(verb).code, actor, form(petition_id))

    return what
