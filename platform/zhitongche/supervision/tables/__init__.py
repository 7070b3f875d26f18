"""What supervision keeps: lists, urging, repeated problems with their findings, decisions on proposals, the machine's pulse."""

from zhitongche.supervision.tables.marks import MarkDecision
from zhitongche.supervision.tables.monthly import MonthlyItem, MonthlyList
from zhitongche.supervision.tables.problems import (
    Finding,
    Problem,
    ProblemEvent,
    ProblemPetition,
    ProblemScan,
)
from zhitongche.supervision.tables.pulse import Heartbeat
from zhitongche.supervision.tables.urging import UrgingItem, UrgingRound

__all__ = [
    "Finding",
    "Heartbeat",
    "MarkDecision",
    "MonthlyItem",
    "MonthlyList",
    "Problem",
    "ProblemEvent",
    "ProblemPetition",
    "ProblemScan",
    "UrgingItem",
    "UrgingRound",
]
