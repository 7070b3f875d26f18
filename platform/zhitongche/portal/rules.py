"""The published rules (办理规则): every action and limit of the tenant's flow, in plain words, by clause."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from flask import Blueprint, render_template

from zhitongche.flow.guards import GUARDS
from zhitongche.flow.vocabulary import PARTIES, VERBS, WEEKDAYS
from zhitongche.portal import words
from zhitongche.portal.guards import public
from zhitongche.tenancy import current
from zhitongche.tenancy.vocabulary import ROUTINES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from zhitongche.flow.definition import Action, ClockRule, Flow
    from zhitongche.tenancy.pack import Pack

blueprint = Blueprint("rules", __name__)
DAYS: Final = {number: f"周{'一二三四五'[number]}" for number in WEEKDAYS.values()}
BY: Final = {"matter": "按诉求类别的期限", "plan": "按专项方案约定的日期", "opinion": "按处理意见写明的日期", "milestone": "按方案各阶段的日期", "meeting": "按会议确定的日期", "above": "按上级告知的日期"}


@dataclass
class Rule:
    """All that one clause says here: who may do what, until when, what is promised."""

    clause: str
    actions: list[str] = field(default_factory=list)
    limits: list[str] = field(default_factory=list)
    promises: list[str] = field(default_factory=list)

    @property
    def title(self) -> str:
        """The clause's id, or that it is the platform's own rule where the text is silent."""
        return words.RULE_OF_PLATFORM if self.clause == "setting" else self.clause


@blueprint.get("/rules")
@public
def show() -> str:
    """The rules, each with an anchor that every page's “依据” leads to."""
    pack = current.pack()
    return render_template("portal/rules.html", pack=pack, rules=rules_of(pack), routines=ROUTINES)


def rules_of(pack: Pack) -> list[Rule]:
    """Every clause that the pack rests on, in the order of the text."""
    found: dict[str, Rule] = {}

    def rule(clause: str) -> Rule:
        return found.setdefault(clause, Rule(clause))

    for promise, clause in pack.portal.promises:
        rule(clause).promises.append(promise)
    for action in pack.flow.actions.values():
        rule(action.clause).actions.append(sentence(action, pack.flow))
    for clock in pack.flow.clocks.values():
        rule(clock.clause).limits.append(limit_sentence(clock))
    for clause in _elsewhere(pack):
        rule(clause)
    return sorted(found.values(), key=lambda one: _order(one.clause))


def sentence(action: Action, flow: Flow) -> str:
    """Who may do it, in which stage, under which conditions, and what follows."""
    other = VERBS[action.verb].by_message
    who = PARTIES[other] if other else "、".join(PARTIES[party] for party in action.who)
    when = [flow.stages[stage].name for stage in flow.stages if stage in action.sources]
    parts = [f"{who}可以“{action.name}”"]
    if when and len(when) < len(flow.open_stages):
        parts.append(f"限于“{'”“'.join(when)}”环节")
    # The vocabulary says what to tell when a condition fails: that is the exception to the rule.
    parts += [f"{GUARDS[name][1]}的除外" for name in action.guards]
    needed = [need.label for need in action.needs if need.required]
    if needed:
        parts.append(f"须写明{'、'.join(needed)}")
    return "；".join(parts) + "。"


def limit_sentence(clock: ClockRule) -> str:
    """Who owes what until when; says so where the limit is the tenant's own setting."""
    who = PARTIES[clock.owes]
    own = "（本地设定）" if clock.is_setting else ""
    return f"{clock.name}：{who}，{limit_words(clock)}{own}。"


def limit_words(clock: ClockRule) -> str:
    """The limit as a person reads it."""
    if clock.weekday is not None:
        return f"每{DAYS[clock.weekday]}"
    limit = clock.limit
    texts = [BY[limit.by]] if limit.by else []
    if limit.default:
        texts.append(f"{'未告知的' if limit.by == 'above' else '未写明的' if texts else ''}{limit.default.in_chinese()}内")
    longer = sorted({one.in_chinese() for one in limit.by_unit_kind.values()})
    texts += [f"区县、功能区等{text}内" for text in longer]
    return "，".join(texts)


def _elsewhere(pack: Pack) -> Iterator[str]:
    grounds: Iterable[str] = (g.clause for g in (*pack.grounds_accept.values(), *pack.grounds_refuse.values()))
    yield from grounds
    yield from (category.clause for category in pack.categories.values())
    yield from (routine.clause for routine in pack.routines)
    yield from (way.clause for way in pack.escalation)
    if pack.repeated:
        yield pack.repeated.clause
    yield pack.register.clause
    if pack.letter:
        yield pack.letter.clause


def _order(clause: str) -> tuple[bool, list[tuple[int, str]]]:
    parts = re.split(r"[.-]", clause)
    return clause == "setting", [(int(part) if part.isdigit() else 0, part) for part in parts]
