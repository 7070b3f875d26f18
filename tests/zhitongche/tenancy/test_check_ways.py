"""A way up leads to the tenant above, sends what it must and no more, and the flows on both sides can do it."""

import pytest

from tests.zhitongche.tenancy.conftest import Folder
from zhitongche.tenancy.packs import Registry

WAYS, FLOW, ABOVE = "raoping/escalation.yaml", "raoping/flow.yaml", "chaozhou/flow.yaml"
FAULTS = [
    (WAYS, "  - to: chaozhou\n", "  - to: shantou\n", "shantou 不是本租户的上级"),
    (WAYS, "    level: city\n", "    level: county\n", "上报层级不高于本级"),
    (WAYS, "    level: city\n", "    level: contry\n", "不认识层级 contry"),
    (WAYS, "ground: unresolved", "ground: unresolvd", "是否应为 unresolved"),
    (WAYS, "review: [zhengshu,", "review: [zhengsu,", "是否应为 zhengshu"),
    (WAYS, "opinions, dossier]", "opinions]", "移送内容缺少 dossier"),
    (WAYS, "opinions, dossier]", "opinions, dossier, enterprise]", "不认识上报时移送的内容 enterprise"),
    (WAYS, "taken: [enterprise, content,", "taken: [content,", "移送内容缺少 enterprise"),
    (WAYS, "on_request: [contact, document]", "on_request: [contact, archive]", "不认识按需调取的内容 archive"),
    (WAYS, "returns: [taken,", "returns: [taking,", "不认识上级反馈 taking"),
    (FLOW, "    does: decided_above\n", "    does: progress_above\n", "does: decided_above 的动作须有且只有一个"),
    (FLOW, "    from: [risen, above]\n    to: executing\n    who: system\n", "    from: [risen, above]\n    to: executing\n    who: [system, triage]\n",
     "动作 returned_above 只能由上下级平台的消息引起"),
    (FLOW, "    from: [risen, above]\n    to: stay\n    who: triage\n", "    from: [risen, above]\n    to: stay\n    who: [triage, above]\n",
     "上级不在本平台直接操作"),
    (FLOW, "limit: {by: above, default: 30 wd}", "limit: by above", "上级可能不告知期限"),
    (ABOVE, "    does: withdrawn_below\n", "    does: supplemented_below\n", "does: withdrawn_below 的动作须有且只有一个"),
]  # fmt: skip


@pytest.mark.clause("RP-2.3.f")
@pytest.mark.parametrize(("file", "old", "new", "said"), FAULTS, ids=[fault[3] for fault in FAULTS])
def test_a_planted_fault_is_found_in_its_file_with_a_remedy(folder: Folder, file: str, old: str, new: str, said: str) -> None:
    folder.change(file, old, new)
    # A pack that builds on the faulty one has the fault too, and is told of it in its own file.
    found = [one for one in folder.findings() if said in str(one) and one.spot.file == file]
    assert found
    assert all(one.remedy for one in found)


def test_a_flow_that_goes_up_without_a_way_and_a_tenant_above_that_takes_nothing_are_found(folder: Folder) -> None:
    (folder.path / WAYS).write_text("ways: []\n", encoding="utf-8")
    assert "流程中有上报动作，但没有上报途径" in str(folder.findings())


def test_a_second_way_is_one_too_many(folder: Folder) -> None:
    text = (folder.path / WAYS).read_text(encoding="utf-8")
    way = text.partition("ways:\n")[2]
    (folder.path / WAYS).write_text(text + way, encoding="utf-8")
    assert "上报途径只能有一条" in str(folder.findings())


def test_a_tenant_above_that_takes_nothing_from_below_is_found(folder: Folder) -> None:
    (folder.path / ABOVE).write_text("like: shantou\nremove: {actions: [report_in]}\n", encoding="utf-8")
    assert "上级 chaozhou 的流程不承接下级上报" in str(folder.findings())


def test_the_way_of_the_real_county_sends_the_least_first(registry: Registry) -> None:
    (way,) = registry["raoping"].escalation
    assert (way.to, way.level, way.ground, way.clause) == ("chaozhou", "city", "unresolved", "RP-2.3.f")
    assert not way.notice & {"enterprise", "content", "wish", "contact", "documents"}
