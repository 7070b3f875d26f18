"""The use cases that a flow's actions may call: verb → what it does to the rows of a case."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from zhitongche.casework.verbs.above import (
    asked_above,
    decided_above,
    delivered_above,
    progress_above,
    returned_above,
    taken_above,
)
from zhitongche.casework.verbs.answer import answer, finalise, pass_on, send_back
from zhitongche.casework.verbs.assign import assign, fix, hand_out, propose
from zhitongche.casework.verbs.below import (
    ask_below,
    report_in,
    request_document,
    return_report,
    supplemented_below,
    take,
    withdrawn_below,
)
from zhitongche.casework.verbs.escalate import endorse, explain, give_up, raise_level, send_up, supplement_up
from zhitongche.casework.verbs.issue import approve, issue
from zhitongche.casework.verbs.join import join
from zhitongche.casework.verbs.meet import allow_on, enlist, keep_off, pass_over, reschedule, take_up
from zhitongche.casework.verbs.object import object_, settle
from zhitongche.casework.verbs.plan import milestone, plan, settle_plan
from zhitongche.casework.verbs.rate import call_back, default_rating, rate
from zhitongche.casework.verbs.record import (
    commend,
    confirm,
    contact,
    decline,
    note,
    progress,
    receive,
    supplement,
    urge,
)
from zhitongche.casework.verbs.refuse import refuse, verify, withdraw
from zhitongche.casework.verbs.register import register
from zhitongche.casework.verbs.reply import reply, reply_part
from zhitongche.casework.verbs.supervise import approve_key, propose_key, report_fault

if TYPE_CHECKING:
    from zhitongche.casework.case import Case

VERBS: Final[dict[str, Callable[[Case], None]]] = {
    "register": register, "verify": verify, "join": join, "refuse": refuse, "withdraw": withdraw,
    "propose": propose, "confirm": confirm, "decline": decline, "fix": fix, "approve": approve, "issue": issue,
    "assign": assign, "receive": receive, "object": object_, "settle": settle,
    "contact": contact, "note": note, "progress": progress, "supplement": supplement, "urge": urge,
    "plan": plan, "settle_plan": settle_plan, "milestone": milestone,
    "reply": reply, "reply_part": reply_part, "give_up": give_up, "raise_level": raise_level, "hand_out": hand_out,
    "enlist": enlist, "reschedule": reschedule, "take_up": take_up, "pass_over": pass_over, "keep_off": keep_off, "allow_on": allow_on,
    "answer": answer, "send_back": send_back, "pass_on": pass_on, "finalise": finalise,
    "call_back": call_back, "rate": rate, "default_rating": default_rating,
    "propose_key": propose_key, "approve_key": approve_key, "commend": commend, "report_fault": report_fault,
    "explain": explain, "endorse": endorse, "send_up": send_up, "supplement_up": supplement_up,
    "delivered_above": delivered_above, "taken_above": taken_above, "progress_above": progress_above, "asked_above": asked_above,
    "returned_above": returned_above, "decided_above": decided_above,
    "report_in": report_in, "take": take, "return_report": return_report, "ask_below": ask_below,
    "request_document": request_document, "supplemented_below": supplemented_below, "withdrawn_below": withdrawn_below,
}  # fmt: skip
