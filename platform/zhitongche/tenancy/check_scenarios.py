"""Scenarios name what the flow has, and walk a course that it allows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zhitongche.tenancy import words, words_rules
from zhitongche.tenancy.scenarios import SCENARIO, moment
from zhitongche.tenancy.source import Map, read

if TYPE_CHECKING:
    from pathlib import Path

    from zhitongche.flow.definition import Action
    from zhitongche.tenancy.draft import Draft
    from zhitongche.tenancy.findings import Spot


def check(draft: Draft) -> None:
    """Read every scenarios/*.yaml of the pack and note what cannot happen."""
    for path in sorted((draft.folder / "scenarios").glob("*.yaml")):
        _check_one(draft, path)


def _check_one(draft: Draft, path: Path) -> None:
    tree = read(path, draft.report)
    if tree is None:
        return
    before = draft.report.noted
    scenario = SCENARIO.read(tree, tree.spot, draft.report)
    if draft.report.noted == before:
        _check_then(draft, scenario, tree, _walk(draft, scenario["when"], tree["when"].spots))


def _walk(draft: Draft, steps: list[dict[str, Any]], spots: list[Spot]) -> set[str | None]:
    stages: set[str | None] = {None}
    last = None
    for step, spot in zip(steps, spots, strict=True):
        action = draft.pack.flow.actions.get(step["do"])
        if action is None:
            draft.report.unknown(spot, words.code(step["do"]), draft.pack.flow.actions)
            return set()
        if last and moment(step["at"]) < last:
            draft.report.add(spot, words_rules.BACK_IN_TIME, words_rules.ORDER_STEPS)
        last = moment(step["at"])
        if step["refused"] is None:
            stages = _step(draft, action, step, stages, spot)
            if not stages:
                return stages
    return stages


def _step(
    draft: Draft, action: Action, step: dict[str, Any], stages: set[str | None], spot: Spot
) -> set[str | None]:
    if step["by"] not in action.who:
        draft.report.unknown(spot, words_rules.party(step["by"]), action.who)
    able = {stage for stage in stages if (stage is None and not action.sources) or stage in action.sources}
    after: set[str | None] = {target.stage for target in action.targets}
    if all(target.when is not None for target in action.targets):
        after |= able
    if step["to"] is not None:
        after &= {step["to"]}
    if not able or not after:
        draft.report.add(spot, words_rules.cannot_happen(action.name), words_rules.CHECK_COURSE)
        return set()
    return after


def _check_then(draft: Draft, scenario: dict[str, Any], tree: Map, stages: set[str | None]) -> None:
    flow, then, spots = draft.pack.flow, scenario["then"], tree["then"].spots
    if stages and then["stage"] not in stages:
        draft.report.unknown(
            spots["stage"], words_rules.stage(then["stage"]), [stage for stage in stages if stage]
        )
    for clock in then["clocks"]:
        if clock not in flow.clocks:
            draft.report.unknown(spots["clocks"], words.code(clock), flow.clocks)
    for message in then["told"].values():
        if message not in draft.pack.messages:
            draft.report.unknown(spots["told"], words_rules.message(message), draft.pack.messages)
