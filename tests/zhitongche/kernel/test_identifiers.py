from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhitongche.kernel.errors import Invalid
from zhitongche.kernel.identifiers import credit_code, mobile

CODE = "91110000600037341L"  # the example of python-stdnum's documentation
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def _code_fault(text: str) -> str:
    with pytest.raises(Invalid) as refused:
        credit_code(text, field="code")
    return refused.value.errors["code"]


@pytest.mark.parametrize(
    "text",
    [
        CODE,
        CODE.lower(),
        " 9111 0000 6000 3734-1L ",
        "９１１１００００６０００３７３４１Ｌ",
        "9111\u30000000\t600037341L",
    ],
)
def test_a_credit_code_is_taken_however_it_is_typed_and_kept_compact(text: str) -> None:
    assert credit_code(text) == CODE


@given(st.integers(0, 17), st.sampled_from(ALPHABET))
def test_one_wrong_character_never_passes(position: int, character: str) -> None:
    wrong = CODE[:position] + character + CODE[position + 1 :]
    if wrong != CODE:
        assert _code_fault(wrong)


@pytest.mark.parametrize(
    "position", [position for position in range(17) if CODE[position] != CODE[position + 1]]
)
def test_two_neighbours_exchanged_never_pass(position: int) -> None:
    first, second = CODE[position : position + 2]
    assert _code_fault(CODE[:position] + second + first + CODE[position + 2 :])


def test_each_fault_of_a_credit_code_has_its_own_message() -> None:
    assert _code_fault("  ") == "请填写统一社会信用代码。"
    assert "现在是17位" in _code_fault(CODE[:-1])
    assert "第8位“O”" in _code_fault("9111000O600037341L")
    assert "现在是19位" in _code_fault(CODE + "1")
    assert "第1位“公”" in _code_fault("公司" + CODE)
    assert "第2至8位" in _code_fault("9A110000600037341L")
    assert "校验不通过" in _code_fault("911100006000373411")
    assert "第1位不会是0" in _code_fault("0" * 18), "eighteen zeros fit their check digit"


def test_a_body_whose_authority_bears_a_letter_has_a_valid_code() -> None:
    # N2: a village's economic cooperative; the check digit worked out from the standard's weights.
    front = "N2445122MF0000001"
    weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]
    total = sum(ALPHABET.index(character) * weight for character, weight in zip(front, weights, strict=True))
    code = front + ALPHABET[-total % 31]
    assert credit_code(code) == code


@pytest.mark.parametrize(
    "text",
    ["13800138000", " +86 138-0013-8000", "008613800138000", "１３８００１３８０００", "(138) 0013 8000"],
)
def test_a_mainland_mobile_is_taken_however_it_is_typed(text: str) -> None:
    assert mobile(text) == "13800138000"


@pytest.mark.parametrize(
    "number", ["13012345678", "15912345678", "16612345678", "17012345678", "19812345678"]
)
def test_every_operators_numbers_are_mobiles(number: str) -> None:
    assert mobile(number) == number


@pytest.mark.parametrize(
    "text",
    [
        "0754-88888888",
        "12345",
        "110",
        "1380013800",
        "138001380001",
        "23800138000",
        "+852 9123 4567",
        "13800138000 ext 5",
        "1380013TAXI",
        "十三八",
        "1" * 500,
        "<script>",
    ],
)
def test_what_is_no_mainland_mobile_is_refused(text: str) -> None:
    with pytest.raises(Invalid) as refused:
        mobile(text, field="contact_mobile")
    assert refused.value.errors == {"contact_mobile": "请填写中国内地的11位手机号码。"}


def test_an_empty_mobile_is_asked_for() -> None:
    with pytest.raises(Invalid) as refused:
        mobile(" ")
    assert refused.value.errors == {"mobile": "请填写手机号码。"}


@given(st.text(max_size=40))
def test_whatever_is_typed_gets_an_answer_and_no_other_error(text: str) -> None:
    for check in (credit_code, mobile):
        with suppress(Invalid):
            assert check(text).isalnum()
