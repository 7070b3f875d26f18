from copy import copy

import pytest

from zhitongche.kernel.errors import Conflict, Forbidden, Invalid, NotFound, Refused, ZhitongcheError

EVERY_ERROR = [
    Refused("诉讼中的事项不予受理。", "RP-2.3.g"),
    Invalid({"mobile": "手机号码应为11位数字。"}),
    NotFound(),
    Forbidden(),
    Forbidden("只有主办单位可以办理。", "RP-2.3.d"),
    Conflict(),
]


@pytest.mark.parametrize("error", EVERY_ERROR, ids=repr)
def test_every_error_carries_a_chinese_message_and_shows_it(error: ZhitongcheError) -> None:
    assert any("\u4e00" <= character <= "\u9fff" for character in error.message)
    assert str(error) == error.message


@pytest.mark.parametrize("error", EVERY_ERROR, ids=repr)
def test_an_error_survives_the_way_between_processes(error: ZhitongcheError) -> None:
    # Copying rebuilds an exception from its args, exactly as pickling does.
    again = copy(error)
    assert type(again) is type(error)
    assert vars(again) == vars(error)


def test_a_refusal_names_its_clause_and_an_invalid_form_its_fields() -> None:
    assert Refused("不予受理。", "ST-2.b").clause == "ST-2.b"
    assert Invalid({"name": "请填写名称。"}).errors == {"name": "请填写名称。"}
    assert Forbidden().clause is None
