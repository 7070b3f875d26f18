"""What the enterprise sees of its petition while it is on its way through the levels (RP-2.3.f)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support import rising
from tests.support.stage import Play
from tests.zhitongche.portal.conftest import Browser, text_of
from zhitongche.casework import escalations, reporting
from zhitongche.kernel import clock as kernel_clock
from zhitongche.persistence import unit_of_work

pytestmark = pytest.mark.clause("RP-2.3.f")
DECISION = "已追加用地指标，六月底前落实"


@pytest.fixture(autouse=True)
def heard() -> Iterator[None]:
    """Somebody listens; what is carried is not this test's matter."""
    with reporting.heard_by(rising.nobody_in_particular):
        yield


def seen(owner: Browser, play: Play) -> str:
    """The words of the page's part on the rise."""
    page = owner.get(f"/petitions/{play.id}").text
    start = page.index('id="rise"')
    return text_of(page[start : page.index("</section>", start)])


def test_without_a_receipt_the_page_says_so_and_who_keeps_the_duty(owner: Browser, raoping: Play, inside) -> None:
    with inside():
        rising.risen(raoping)
    words = seen(owner, raoping)
    for told in ("已发出", "未回执", "待受理", "县级 现在在这里", "受理之前，仍由原办理单位负责"):
        assert told in words, told
    for untold in ("已送达", "已受理"):
        assert untold not in words, untold


def test_delivered_is_not_yet_taken(owner: Browser, raoping: Play, inside) -> None:
    with inside():
        rise = rising.risen(raoping)
        with unit_of_work():
            escalations.delivered(rise, kernel_clock.now())
    words = seen(owner, raoping)
    assert "已送达" in words
    assert "待受理" in words
    assert "已受理" not in words


def test_taken_above_it_says_who_has_it_there_and_until_when(owner: Browser, raoping: Play, inside) -> None:
    with inside():
        rise = rising.taken(raoping)
        with unit_of_work():
            escalations.progressed(rise, "市自然资源局", raoping.clock("above").due_at, "主办单位正在办理")
    words = seen(owner, raoping)
    for told in ("市级 现在在这里", "现在由谁办 市自然资源局", "已受理", "最近进展 主办单位正在办理"):
        assert told in words, told


def test_the_decision_from_above_is_shown_with_who_will_answer(owner: Browser, raoping: Play, inside) -> None:
    with inside():
        rise = rising.taken(raoping)
        with unit_of_work():
            escalations.decided(rise, DECISION)
    words = seen(owner, raoping)
    assert DECISION in words
    assert f"正式答复由{raoping.pack.department}统一回复您" in words


def test_a_petition_that_never_rose_shows_nothing_of_it(owner: Browser, raoping: Play, inside) -> None:
    with inside():
        raoping.hand_in()
    assert 'id="rise"' not in owner.get(f"/petitions/{raoping.id}").text


def test_the_rules_tell_what_the_level_above_may_do_and_that_it_sets_its_limit(visitor: Browser) -> None:
    words = text_of(visitor.get("/rules").text)
    assert "上级可以“市级受理”" in words
    assert "市级办理：上级，按上级告知的日期，未告知的30个工作日内" in words
