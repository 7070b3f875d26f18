"""A tenant may be hosted under the portal of the tenant above, which must have one, and of no other."""

import pytest

from tests.zhitongche.tenancy.conftest import Folder
from zhitongche.tenancy.packs import Registry

PACK = "huanggang/pack.yaml"
HOSTED = "portal: {hosted_by: raoping}"
FAULTS = [
    (PACK, HOSTED, "portal: {hosted_by: chaozhou}", "门户只能由上级 raoping 承载"),
    (PACK, HOSTED, "portal: {hosted_by: raoping, theme: dark}", "不认识键 theme"),
    (PACK, HOSTED, "portal: {}", "缺少 hosted_by"),
    ("huanggang/flow.yaml", "to: screening\n    who: [window, hotline, triage]", "to: screening\n    who: [enterprise, window, hotline, triage]", "企业不能自己办理“登记诉求”"),
]


@pytest.mark.parametrize(("file", "old", "new", "said"), FAULTS, ids=[fault[3] for fault in FAULTS])
def test_a_planted_fault_is_found_in_its_file_with_a_remedy(folder: Folder, file: str, old: str, new: str, said: str) -> None:
    folder.change(file, old, new)
    found = [one for one in folder.findings() if said in str(one)]
    assert [one.spot.file for one in found] == [file]
    assert all(one.remedy for one in found)


def test_a_host_without_a_portal_of_its_own_hosts_nobody(folder: Folder) -> None:
    folder.change("raoping/pack.yaml", "parent: chaozhou\n", "parent: chaozhou\nportal: {hosted_by: chaozhou}\n")
    assert "raoping 没有可以承载下级的门户" in str(folder.findings())


def test_a_pack_that_says_nothing_of_it_has_its_own_portal_and_the_digest_it_had(registry: Registry) -> None:
    assert registry["huanggang"].hosted_by == "raoping"
    others = [pack for code, pack in registry.items() if code != "huanggang"]
    assert {pack.hosted_by for pack in others} == {None}
    assert not any("portal" in pack.raw["pack"] for pack in others)
