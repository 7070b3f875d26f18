"""Who may approve a request to read a dossier (ST-5.1)."""

from dataclasses import replace
from datetime import date

import pytest

from tests.support.stage import Play
from zhitongche import journal
from zhitongche.casework import access, disclosures, replay
from zhitongche.casework.queries.history import history
from zhitongche.casework.queries.tracking import track
from zhitongche.kernel.errors import Forbidden, NotFound
from zhitongche.kernel.ids import new_id
from zhitongche.persistence import unit_of_work

UNTIL = date(2026, 3, 20)


def asked(play: Play, who: str) -> disclosures.Asked:
    """A request waiting for its decision."""
    play.hand_in()
    number, asker = play.petition.number, play.actor(who)
    with unit_of_work():
        disclosures.ask(f" {number.lower()} ", "核对历史权属资料", UNTIL, asker)
    return disclosures.waiting(play.actor("leader"))[0]


@pytest.mark.clause("ST-5.1")
def test_nobody_approves_his_own_request_not_even_standing_in_for_another(raoping: Play) -> None:
    request = asked(raoping, "zhujian")
    asker = raoping.actor("zhujian")
    leading = replace(asker, roles=frozenset({"leader"}))
    standing_in = replace(raoping.actor("leader"), person_id=asker.person_id, on_behalf_of=raoping.actor("leader").person_id)
    stood_for = replace(raoping.actor("leader"), on_behalf_of=asker.person_id)
    for actor in (leading, standing_in, stood_for):
        with pytest.raises(Forbidden, match="自己的申请") as refused, unit_of_work():
            disclosures.decide(request.disclosure.id, agreed=True, actor=actor)
        assert refused.value.clause == "ST-5.1"
        assert disclosures.waiting(actor) == []
    assert not access.may_read(asker, raoping.petition)


def test_the_same_request_twice_waits_once(raoping: Play) -> None:
    asked(raoping, "zhujian")
    with unit_of_work():
        disclosures.ask(raoping.petition.number, "再问一次同样的事", UNTIL, raoping.actor("zhujian"))
    assert len(disclosures.waiting(raoping.actor("leader"))) == 1


def test_an_enterprise_cannot_ask_and_an_unknown_request_is_not_found(raoping: Play) -> None:
    asked(raoping, "zhujian")
    with pytest.raises(Forbidden):
        disclosures.ask(raoping.petition.number, "想看看别人的", UNTIL, raoping.actor("enterprise"))
    with pytest.raises(NotFound):
        disclosures.decide(new_id(), agreed=True, actor=raoping.actor("leader"))


def test_the_list_of_what_was_granted_names_no_request_that_still_waits(raoping: Play) -> None:
    request = asked(raoping, "zhujian")
    assert disclosures.granted(raoping.actor("zhujian")) == []
    with unit_of_work():
        disclosures.decide(request.disclosure.id, agreed=True, actor=raoping.actor("triage"))
    assert [one.petition.id for one in disclosures.granted(raoping.actor("zhujian"))] == [raoping.id]


def decided(play: Play, *, agreed: bool) -> None:
    """A request and its decision."""
    request = asked(play, "zhujian")
    with unit_of_work():
        disclosures.decide(request.disclosure.id, agreed=agreed, actor=play.actor("leader"))


@pytest.mark.clause("ST-5.1")
@pytest.mark.parametrize(("agreed", "said"), [(True, "同意主建某查阅至2026-03-20"), (False, "不同意主建某查阅")])
def test_who_was_let_in_or_refused_and_by_whom_stands_on_the_cases_record(raoping: Play, agreed: bool, said: str) -> None:
    decided(raoping, agreed=agreed)
    entry = journal.entries(raoping.id)[-1]
    assert (entry.action, entry.clause, entry.actor_name) == ("disclose", "ST-5.1", raoping.actor("leader").name)
    assert (entry.body or {})["why"] == "核对历史权属资料"
    asker = raoping.actor("zhujian").name
    step = history(raoping.petition, raoping.pack, "甲公司").steps[0]
    assert step.title == f"查阅申请：{said.replace('主建某', asker)}"
    assert replay.broken(raoping.id) == []


@pytest.mark.clause("ST-5.1")
def test_the_enterprise_does_not_read_which_official_asked(raoping: Play) -> None:
    decided(raoping, agreed=True)
    assert not any("查阅" in event.title for event in track(raoping.id, raoping.actor("enterprise")).events)
