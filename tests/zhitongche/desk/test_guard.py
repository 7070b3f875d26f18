"""Nobody sits down at the desk unasked."""

from flask import Flask
from werkzeug.routing import AnyConverter, BaseConverter, IntegerConverter, UUIDConverter

from tests.zhitongche.desk.conftest import Office
from zhitongche.identity import people
from zhitongche.identity.actors import AccountUser
from zhitongche.kernel import ids
from zhitongche.persistence import unit_of_work

# A calendar program cannot sign in: its address is the secret.
OPEN = {"sign_in.show", "sign_in.out", "sign_in.static", "calendar.feed"}


def fitting(converter: BaseConverter) -> object:
    """Something that stands for nothing, of the form that an address asks for."""
    if isinstance(converter, AnyConverter):
        return min(converter.items)
    return {UUIDConverter: ids.new_id(), IntegerConverter: 1}.get(type(converter), "x")


def desk_rules(app: Flask) -> list[tuple[str, str]]:
    """(method, address) of every page of the desk that asks who is there."""
    found = []
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith("/desk") and rule.endpoint not in OPEN:
            values = {name: fitting(converter) for name, converter in rule._converters.items()}
            with app.test_request_context():
                address = rule.build(values, append_unknown=False)
            assert address is not None
            found += [(method, address[1]) for method in (rule.methods or set()) & {"GET", "POST"}]
    return found


def test_every_page_of_the_desk_sends_a_stranger_to_sign_in_and_takes_nothing_from_him(raoping: Office) -> None:
    stranger = raoping.visitor()
    raoping.app.config["WTF_CSRF_ENABLED"] = False
    try:
        for method, address in desk_rules(raoping.app):
            with raoping.app.app_context():
                answer = stranger.client.open(address, method=method, base_url=stranger.base_url)
            if method == "GET":
                assert answer.status_code == 302, address
                assert answer.headers["Location"].startswith("/desk/sign-in?next="), address
            else:
                assert answer.status_code == 401, address
    finally:
        raoping.app.config["WTF_CSRF_ENABLED"] = True


def test_an_enterprises_person_is_nobody_at_the_desk(raoping: Office) -> None:
    answer = raoping.at_desk("enterprise").get("/desk/")
    assert answer.headers["Location"].startswith("/desk/sign-in")


def test_a_session_of_one_tenant_is_nobody_in_another(raoping: Office) -> None:
    official = raoping.at_desk("triage")
    assert official.get("/desk/").status_code == 200
    official.base_url = "http://shantou.localhost"
    assert official.get("/desk/").status_code == 302


def test_a_first_password_has_to_be_replaced_before_anything_else(raoping: Office) -> None:
    actor = raoping.play.actor("triage")
    assert actor.person_id
    with unit_of_work():
        people.by_id(actor.person_id).must_change_password = True
    official = raoping.at_desk("triage")
    assert official.get("/desk/petitions").headers["Location"] == "/desk/account/password"
    assert "初始密码" in official.see("/desk/account/password")


def test_what_was_typed_is_shown_again_when_the_session_has_ended_meanwhile(raoping: Office) -> None:
    raoping.play.hand_in()
    official = raoping.at_desk("triage")
    page = official.see(raoping.do("refuse"))
    actor = raoping.play.actor("triage")
    assert actor.person_id
    with unit_of_work():
        people.by_id(actor.person_id).session_epoch += 1
    answer = official.fill(page, "reason", reason="该事项已进入诉讼程序，依规退回。")
    assert answer.status_code == 401
    assert "该事项已进入诉讼程序，依规退回。" in answer.get_data(as_text=True)


def test_a_session_names_its_tenant_so_that_a_copied_one_opens_nothing(raoping: Office) -> None:
    actor = raoping.play.actor("triage")
    assert actor.person_id
    real = AccountUser(people.by_id(actor.person_id)).get_id()
    assert raoping.visitor(real.replace("raoping", "shantou")).get("/desk/").status_code == 302
