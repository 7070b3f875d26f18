"""The checker finds every planted fault, at its line, with a remedy in Chinese."""

import re

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.zhitongche.tenancy.conftest import TENANTS, Folder
from zhitongche.tenancy import check

FLOW, PACK, OFFICES = "raoping/flow.yaml", "raoping/pack.yaml", "raoping/offices.yaml"
MATTERS, MESSAGES = "raoping/matters.yaml", "raoping/texts/messages.yaml"

FAULTS = [
    # file, what stands there, what is written instead, what the finding says
    (PACK, "level: county\n", "levle: county\n", "不认识键 levle"),
    (PACK, "level: county\n", "level: countyy\n", "是否应为 county"),
    (PACK, "effective_from: 2026-01-01", "effective_from: 2026-02-30", "不是日期"),
    (PACK, "opens: 08:30", "opens: 18:30", "上班时间不早于下班时间"),
    (PACK, "#0b5cad", "#7fb3e6", "对比度只有 2."),
    (PACK, "code: raoping", "code: raopin", "与文件夹名不一致"),
    (PACK, "parent: chaozhou", "parent: chaozou", "是否应为 chaozhou"),
    (PACK, "number_prefix: RP", "number_prefix: ST", "已被租户包"),
    (PACK, "every: quarter, day: 25", "every: quarter, day: 31", "不是1 至 28 的整数"),
    (PACK, "tells: [triage], clause: RP-2.10.d", "tells: [triage], clause: 2.10", "不是条款号"),
    (PACK, "every: week, weekday: friday", "every: week, day: 5", "请用 weekday 写明每周的哪一天"),
    (PACK, "every: quarter, day: 25", "every: quarter", "缺少 day"),
    (PACK, "every: month, day: 25, tells: [leader, triage],", "every: month, day: 25,", "缺少 tells"),
    (PACK, "tells: [triage]", "tells: [triage, province]", "没有单位担任角色 province"),
    (MESSAGES, "report_made:", "report_ready:", "缺少消息 report_made"),
    ("shantou/pack.yaml", "{kind: monthly_list, day: 25,", "{kind: monthly_list, day: 25, tells: leader,", "只用于定期汇总报告"),
    (PACK, "{name}解决", "{nmae}解决", "是否应为 name"),
    (PACK, "  hours: consecutive", "  hours: working", "不认识口径 working"),
    (OFFICES, "roles: [reviewer, handler]", "roles: [handler]", "没有单位担任角色 reviewer"),
    (OFFICES, "roles: [window]", "roles: [widow]", "是否应为 window"),
    (OFFICES, "code: haishan,", "code: gongan,", "gongan 重复出现"),
    (OFFICES, '"19900100007"', '"1990010000"', "不是手机号码"),
    (
        OFFICES,
        "title: 常务副县长, unit: xianlingdao",
        "title: 常务副县长, unit: xianlindao",
        "不认识单位 xianlindao",
    ),
    (MATTERS, "usual: gongdian", "usual: gongdianju", "不认识单位 gongdianju"),
    (MATTERS, "usual: shuiwu}", "usual: dating}", "单位 dating 不承办诉求"),
    (
        MATTERS,
        "code: consultation, name: 政策咨询, limit: 10 wd",
        "code: consultation, name: 政策咨询, limit: 10 days",
        "不是期限",
    ),
    (MATTERS, "code: lawsuit", "code: elsewhere", "elsewhere 重复出现"),
    (MESSAGES, "sent_back: 诉求件 {number} 已退回", "sent_back: 诉求件 {nummer} 已退回", "是否应为 number"),
    (MESSAGES, "please_rate:", "please_rat:", "不认识消息 please_rate"),
    (MESSAGES, "overdue:", "overdew:", "缺少消息 overdue"),
    (FLOW, "    does: assign\n", "    does: asign\n", "是否应为 assign"),
    (
        FLOW,
        "needs: [refusal_ground, reason]",
        "needs: [refusal_ground, reason?]",
        "动作 refuse 必须填写 reason",
    ),
    (FLOW, "only_if: [not_objected_before]", "only_if: [not_objected]", "是否应为 not_objected_before"),
    (
        FLOW,
        "to: [{stage: county_level, when: agreed}, handling]",
        "to: [handling, county_level]",
        "永远走不到",
    ),
    (
        FLOW,
        "to: [{stage: identity_review, when: mismatched}, screening]",
        "to: [{stage: screening, when: matched}]",
        "登记后可能没有环节可进",
    ),
    (FLOW, "from: [county_level]\n", "from: [county_levle]\n", "是否应为 county_level"),
    (FLOW, "limit: by opinion", "limit: by oppinion", "是否应为 opinion"),
    (FLOW, "limit: 5 nd,", "limit: 5 nd, every: monday,", "limit 或 every 之一"),
    (FLOW, "at_due: default_rating", "at_due: rate", "动作 rate 不能由系统办理"),
    (FLOW, "phase: closed, outcome: resolved", "phase: closed", "owes（轮到谁办）或 outcome"),
    (FLOW, "entering: objected, met: [settle]", "met: [settle]", "时限永远不会开始"),
    (FLOW, "entering: objected, met: [settle]", "entering: objected", "时限没有完成的办法"),
    ("raoping/escalation.yaml", "to: chaozhou", "to: shantou", "shantou 不是本租户的上级"),
    ("raoping/escalation.yaml", "xianfuban", "xianfubang", "是否应为 xianfuban"),
    (
        "raoping/calendar.yaml",
        "days: []",
        "days: [{date: 2026-02-29, working: true, name: 加班}]",
        "不是日期",
    ),
    (
        "raoping/calendar.yaml",
        "days: []",
        "days: [{date: 2026-03-01, working: yes, name: 加班}]",
        "不是是非值",
    ),
    ("raoping/texts/portal.yaml", "{department}在3个", "{deparment}在3个", "是否应为 department"),
    ("shantou/pack.yaml", "letter: {", "# letter: {", "没有 letter"),
    ("shantou/matters.yaml", "limit: 2 wd", "limit: null", "类别“意见建议”没有办理期限"),
    ("chaozhou/flow.yaml", "stages: [county_review,", "stages: [county_reviw,", "是否应为 county_review"),
    ("guangdong/pack.yaml", "level: province", "level: town", "层级不高于本级"),
]


def test_the_packs_of_this_repository_are_sound() -> None:
    assert check.check(TENANTS) == []


AT_THE_LINE = ("不认识", "不是日期", "是否应为")


@pytest.mark.parametrize(("file", "old", "new", "says"), FAULTS)
def test_a_planted_fault_is_found_at_its_line_with_a_remedy(
    folder: Folder, file: str, old: str, new: str, says: str
) -> None:
    line = folder.change(file, old, new)
    found = [finding for finding in folder.findings() if says in str(finding)]
    assert found
    assert re.fullmatch(r"[a-z]+/\S+ 第\d+行：.+。.*(请|可用|是否应为|只能|未办结|上级).*", str(found[0]))
    if says.startswith(AT_THE_LINE) and file not in (MESSAGES, "chaozhou/flow.yaml"):
        assert (found[0].spot.file, found[0].spot.line - line) in {(file, 0), (file, 1)}


LINES = [
    (path.relative_to(TENANTS).as_posix(), number)
    for path in sorted([*TENANTS.glob("raoping/**/*.yaml"), *TENANTS.glob("chaozhou/*.yaml")])
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines())
    if not line.startswith("#")
]


@settings(
    max_examples=40,
    deadline=None,
    phases=[Phase.generate],
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.sampled_from(LINES),
    st.sampled_from(
        ["", "  - x", "x: y", "a: [", "  name: null", "remove: [x]", "remove: {stages: x}", "\t"]
    ),
)
def test_whatever_stands_in_a_line_the_checker_answers_and_never_fails(
    folder: Folder, place: tuple[str, int], instead: str
) -> None:
    path = folder.path / place[0]
    kept = path.read_text(encoding="utf-8")
    lines = kept.splitlines()
    lines[place[1]] = instead
    path.write_text("\n".join(lines), encoding="utf-8")
    try:
        folder.findings()
    finally:
        path.write_text(kept, encoding="utf-8")


def test_checking_one_pack_tells_only_of_that_pack(folder: Folder) -> None:
    folder.change("shantou/pack.yaml", "level: city", "level: cty")
    assert check.check(folder.path / "shantou") != []
    assert check.check(folder.path / "guangdong") == []


def test_a_missing_file_is_told_by_name(folder: Folder) -> None:
    (folder.path / "shantou/texts/messages.yaml").unlink()
    assert any(str(one).startswith("shantou/") and "缺少 texts/messages.yaml" in str(one) for one in folder.findings())


def test_an_empty_folder_is_no_installation(folder: Folder) -> None:
    empty = folder.path / "empty"
    empty.mkdir()
    assert [finding.what for finding in check.check(empty)] == ["没有找到租户包"]
