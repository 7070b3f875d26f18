"""Scenarios are held against the flow before anyone runs them."""

import pytest

from tests.zhitongche.tenancy.conftest import TENANTS, Folder

ON_TIME = "raoping/scenarios/on_time.yaml"


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("do: receive", "do: recieve", "是否应为 receive"),
        ("{do: receive, by: lead", "{do: receive, by: triage", "不认识当事方 triage"),
        ("  - {do: receive, by: lead, at: 2026-03-03T15:00}\n", "", "按流程此时不能“提交办理意见”"),
        ("2026-03-11T09:00", "2026-03-01T09:00", "本步时间早于上一步"),
        ("2026-03-11T09:00", "2026-03-11", "不是北京时间时刻"),
        ("stage: closed\n", "stage: answered\n", "不认识环节 answered"),
        ("rating: met", "ratign: met", "是否应为 rating"),
        ("rating: met", "rating: mett", "不认识时限状态 mett"),
        ("lead: assigned", "lead: asigned", "是否应为 assigned"),
        ("given:", "givn:", "是否应为 given"),
    ],
)
def test_a_scenario_that_cannot_happen_is_found(folder: Folder, old: str, new: str, says: str) -> None:
    folder.change(ON_TIME, old, new)
    assert any(says in str(finding) for finding in folder.findings()), folder.findings()


@pytest.mark.parametrize("code", ["raoping", "shantou"])
def test_each_mechanism_has_scenarios(code: str) -> None:
    assert len(list((TENANTS / code / "scenarios").glob("*.yaml"))) >= 4
