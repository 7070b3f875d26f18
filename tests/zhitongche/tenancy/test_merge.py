"""A pack built on another takes over its rules and words, and changes them line by line."""

from tests.zhitongche.tenancy.conftest import Folder
from zhitongche.tenancy import packs
from zhitongche.tenancy.packs import Registry


def test_rules_and_words_are_taken_over_and_a_places_own_are_not(registry: Registry) -> None:
    base, built = registry["raoping"], registry["chaozhou"]
    assert built.matters == base.matters
    assert built.messages.items() >= base.messages.items()
    assert built.portal.promises == base.portal.promises
    assert built.escalation == ()
    assert not {unit.name for unit in built.units} & {unit.name for unit in base.units if unit.kind == "town"}


def test_names_between_braces_are_filled_with_the_packs_own(registry: Registry) -> None:
    assert registry["chaozhou"].portal_name.startswith(registry["chaozhou"].name)
    assert "{" not in str(registry["chaozhou"].portal)


def test_an_action_is_changed_key_by_key(registry: Registry) -> None:
    base, built = registry["raoping"].flow.actions["reply"], registry["chaozhou"].flow.actions["reply"]
    assert built.sources == {"handling"}
    assert base.sources == {"handling", "passed_over", "executing"}
    assert (built.needs, built.guards, built.clause) == (base.needs, base.guards, base.clause)


def test_what_is_removed_is_gone(registry: Registry) -> None:
    assert "give_up" not in registry["chaozhou"].flow.actions
    assert "county_level" not in registry["chaozhou"].flow.stages


def test_a_list_of_coded_items_is_merged_by_code(folder: Folder) -> None:
    (folder.path / "chaozhou/matters.yaml").write_text(
        "remove: {grounds.refuse: [unclear]}\n"
        "matters:\n"
        "  - {code: yongdian, name: 电力}\n"
        "  - {code: xinzeng, name: 新事项, usual: fagai}\n",
        encoding="utf-8",
    )
    built = packs.load([folder.path])["chaozhou"]
    assert built.matters["yongdian"].name == "电力"
    assert built.matters["yongdian"].usual == "gongdian"
    assert list(built.matters)[-1] == "xinzeng"
    assert "unclear" not in built.grounds_refuse
    assert "lawsuit" in built.grounds_refuse


def test_like_may_not_run_in_a_circle(folder: Folder) -> None:
    folder.change("raoping/pack.yaml", "code: raoping\n", "like: chaozhou\ncode: raoping\n")
    assert any("like 形成了循环" in str(finding) for finding in folder.findings())


def test_like_names_a_pack_that_is_there(folder: Folder) -> None:
    folder.change("chaozhou/pack.yaml", "like: raoping", "like: raopin")
    assert any("不认识租户包 raopin" in str(finding) for finding in folder.findings())
