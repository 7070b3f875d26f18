"""Officials sign in with login and password, and learn nothing from being turned away."""

import pytest

from tests.zhitongche.desk.conftest import Office
from zhitongche.flow.facts import SYSTEM
from zhitongche.identity import officials
from zhitongche.identity.officials import OfficialForm
from zhitongche.persistence import unit_of_work

SECRET = "河边plum42柳树tree"


@pytest.fixture
def lin(raoping: Office) -> Office:
    with unit_of_work():
        made = officials.create(OfficialForm("linxm", "林晓敏", ("triage",), "zhengshu"), by=SYSTEM, password=SECRET)
        assert not made.person.must_change_password
    return raoping


def test_the_right_password_opens_the_inbox(lin: Office) -> None:
    visitor = lin.visitor()
    answer = visitor.fill(visitor.see("/desk/sign-in"), "login", login=" LinXM ", password=SECRET)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/desk/")
    assert "林晓敏" in visitor.see("/desk/")


def test_a_wrong_password_and_an_unknown_login_get_the_same_answer(lin: Office) -> None:
    answers = []
    for login in ("linxm", "nobody"):
        visitor = lin.visitor()
        answer = visitor.fill(visitor.see("/desk/sign-in"), "login", login=login, password="wrong password 1")
        assert answer.status_code == 422
        text = answer.get_data(as_text=True)
        answers.append(text[text.index("<main") :].replace(login, "").split("csrf_token")[0])
    assert answers[0] == answers[1]
    assert "账号或密码不正确" in answers[0]


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/desk/", "/desk/\\evil.example", "/other"])
def test_signing_in_never_leads_to_another_site(lin: Office, elsewhere: str) -> None:
    visitor = lin.visitor()
    page = visitor.see("/desk/sign-in", next=elsewhere)
    visitor.here = f"/desk/sign-in?next={elsewhere}"
    answer = visitor.fill(page, "login", login="linxm", password=SECRET)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/desk/")


def test_signing_in_goes_on_to_the_page_that_was_asked_for(lin: Office) -> None:
    visitor = lin.visitor()
    asked = visitor.get("/desk/petitions?q=%E9%81%93%E8%B7%AF").headers["Location"]
    answer = visitor.fill(visitor.see(asked), "login", login="linxm", password=SECRET)
    assert answer.headers["Location"].startswith("/desk/petitions?q=")


def test_guessing_is_stopped_even_with_the_right_password_in_the_end(lin: Office) -> None:
    visitor = lin.visitor()
    page = visitor.see("/desk/sign-in")
    for _ in range(10):
        visitor.fill(page, "login", login="linxm", password="wrong password 1")
    answer = visitor.fill(page, "login", login="linxm", password=SECRET)
    assert answer.status_code == 422
    assert "尝试次数过多" in answer.get_data(as_text=True)


def test_signing_out_ends_the_session(lin: Office) -> None:
    visitor = lin.at_desk("triage")
    page = visitor.see("/desk/account")
    out = next(line for line in page.splitlines() if "/desk/sign-out" in line)
    assert visitor.fill(out, "csrf_token").status_code == 303
    assert visitor.get("/desk/").status_code == 302
