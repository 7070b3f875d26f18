from hypothesis import example, given
from hypothesis import strategies as st

from zhitongche.kernel.text import normalized, similarity, words_of

PETITION = (
    "我公司位于工业园区东片，主要从事日用陶瓷生产，去年投资1200万元扩建厂房三千平方米，"
    "竣工验收后至今未能办理不动产登记，影响银行贷款续期，恳请政府协调自然资源部门尽快解决用地手续问题。"
)
OTHER = (
    "村口至码头的道路去冬被重车压坏，水产冷链车辆绕行多花四十分钟，鲜活鱼虾损耗明显增加，"
    "望交通部门早日修复路面并设限重标志，以免下一个汛期前无法出货，耽误合作社两百多户社员的收入。"
)
TEXTS = st.text(alphabet="企业诉求饶平汕头办理三月ABcd019 ，。！（）-—ＡＢ１２\n'\\:&|*", max_size=60)


@given(TEXTS, st.data())
def test_the_words_of_any_part_stand_in_the_normalized_whole(whole: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(whole)))
    part = whole[start : data.draw(st.integers(start, len(whole)))]
    assert all(word in normalized(whole) for word in words_of(part))


@given(st.text())
@example("ℌ公司")  # the letter turns into a capital only by NFKC
def test_normalizing_twice_changes_nothing(text: str) -> None:
    assert normalized(normalized(text)) == normalized(text)


@given(st.text(max_size=80), st.text(max_size=80))
def test_similarity_is_mutual_and_between_nothing_and_one(one: str, other: str) -> None:
    assert 0.0 <= similarity(one, other) <= 1.0
    assert similarity(one, other) == similarity(other, one)
    assert similarity(one, one) == (1.0 if words_of(one) else 0.0)


def test_width_case_and_punctuation_do_not_make_a_text_another() -> None:
    assert similarity("ABC公司，用地手续。", "ａｂｃ公司 用地手续") == 1.0


def test_a_petition_sent_again_is_alike_and_another_is_not() -> None:
    again = PETITION.replace("1200万元", "一千二百万元").replace("恳请政府", "请县政府")
    assert similarity(PETITION, again) > 0.9
    assert similarity(PETITION, OTHER) < 0.3
