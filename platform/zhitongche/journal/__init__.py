"""The journal 办理记录: append-only, encrypted, hash-chained per petition. Floor 4."""

from zhitongche.journal.actor import SYSTEM, Actor, ActorKind
from zhitongche.journal.chain import ChainBroken
from zhitongche.journal.entry import Entry
from zhitongche.journal.exporting import Sealed, sealed
from zhitongche.journal.following import follow
from zhitongche.journal.growth import Stretch, grown, hashes, hold, others
from zhitongche.journal.reading import entries, erase, of_many, verify
from zhitongche.journal.writing import append

__all__ = [
    "SYSTEM",
    "Actor",
    "ActorKind",
    "ChainBroken",
    "Entry",
    "Sealed",
    "Stretch",
    "append",
    "entries",
    "erase",
    "follow",
    "grown",
    "hashes",
    "hold",
    "of_many",
    "others",
    "sealed",
    "verify",
]
