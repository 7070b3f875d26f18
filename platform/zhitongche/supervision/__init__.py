"""Supervision 督办: registers, oversight and the monthly list, made out of cases."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from zhitongche.documents import following
from zhitongche.outbox import Handler
from zhitongche.supervision import carrying_out, findings, proposing, rounds
from zhitongche.supervision.routines import run_routines
from zhitongche.tenancy.repeated import LETTER, REPORT

if TYPE_CHECKING:
    from flask import Flask

HANDLERS: Final[dict[str, Handler]] = {rounds.TOPIC: carrying_out.carry_out}
"""Topic → handler, for the relay."""

propose_problems = proposing.nightly
remind_of, tell_due = findings.remind, findings.tell_due


def init_app(app: Flask) -> None:
    """Learn of the papers that findings wait for."""
    following.follow(app, LETTER, findings.letter_issued)
    following.follow(app, REPORT, findings.report_issued)


__all__ = ["HANDLERS", "init_app", "propose_problems", "remind_of", "run_routines", "tell_due"]
