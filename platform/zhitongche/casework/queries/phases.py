"""The steps of a petition's way (办理阶段), for its enterprise and for officials alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhitongche import journal
from zhitongche.flow.vocabulary import OUTCOMES, PHASES

if TYPE_CHECKING:
    from zhitongche.casework.tables import Petition
    from zhitongche.flow.definition import Flow


def travelled(petition: Petition, flow: Flow) -> tuple[tuple[str, ...], int]:
    """The steps to show and the one it stands at; a way that was cut short shows only where it has been."""
    if petition.outcome in (None, "resolved"):
        return tuple(PHASES.values()), list(PHASES).index(flow.stages[petition.stage].phase)
    stages = [entry.to_stage for entry in journal.entries(petition.id) if entry.to_stage]
    been = {flow.stages[stage].phase for stage in stages} - {"closed"} | {"submitted"}
    labels = [label for phase, label in PHASES.items() if phase in been]
    return (*labels, OUTCOMES[petition.outcome]), len(labels)
