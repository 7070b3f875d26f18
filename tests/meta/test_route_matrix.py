"""Every address of the application, who may open it, and that nobody else gets anything (trust.md, Isolation 6 and 8)."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from tests.meta.conftest import OFFICIALS, World
from tests.support.pages import Visitor
from zhitongche.kernel.ids import new_id

PUBLIC = "public"
ENTERPRISE = "enterprise"
KEY = "key"
OFFICIAL = frozenset(OFFICIALS)
CASES = frozenset({"triage", "leader", "office", "supervision"})
NOBODY: frozenset[str] = frozenset()
CONCERNED = CASES | {"handler"}
DECIDERS = frozenset({"triage", "leader", "office"})
ADMIN = frozenset({"admin"})
KEEPERS = frozenset({"admin", "operator"})

LOOKERS = KEEPERS | {"triage"}
ABOVE = frozenset({"leader", "supervision"})
"""Who sees the figures of those below."""

MATRIX: dict[str, str | frozenset[str]] = {
    "api-docs.openapi_json": PUBLIC,
    "api_petitions.changes": KEY,
    "api_petitions.hand_in": KEY,
    "api_petitions.show": KEY,
    "api_vocabulary.show": KEY,
    "bridge_counter.ask": KEY,
    "bridge_desk.alarms.show": KEEPERS,
    "bridge_desk.message.retry": KEEPERS,
    "bridge_desk.message.show": LOOKERS,
    "bridge_desk.overview.show": KEEPERS,
    "bridge_desk.quarantine.dismiss": LOOKERS,
    "bridge_desk.quarantine.one": LOOKERS,
    "bridge_desk.quarantine.release": LOOKERS,
    "bridge_desk.quarantine.show": LOOKERS,
    "bridge_desk.queue.resume": KEEPERS,
    "bridge_desk.queue.show": KEEPERS,
    "bridge_in.messages": KEY,
    "calendar.feed": PUBLIC,
    "desk.account.act_for": OFFICIAL,
    "desk.account.create": OFFICIAL,
    "desk.account.digest": OFFICIAL,
    "desk.account.end": OFFICIAL,
    "desk.account.password": OFFICIAL,
    "desk.account.show": OFFICIAL,
    "desk.account.stop": OFFICIAL,
    "desk.action.show": frozenset({"triage"}),
    "desk.admin.days.show": ADMIN,
    "desk.admin.days.unset": ADMIN,
    "desk.admin.entities.show": ADMIN,
    "desk.admin.pack.picture": ADMIN,
    "desk.admin.pack.show": ADMIN,
    "desk.admin.people.close": ADMIN,
    "desk.admin.people.create": ADMIN,
    "desk.admin.people.edit": ADMIN,
    "desk.admin.people.reopen": ADMIN,
    "desk.admin.people.reset": ADMIN,
    "desk.admin.people.show": ADMIN,
    "desk.admin.sheet.load": ADMIN,
    "desk.admin.sheet.template": ADMIN,
    "desk.admin.stand_ins.end": ADMIN,
    "desk.admin.stand_ins.show": ADMIN,
    "desk.admin.texts.edit": ADMIN,
    "desk.admin.texts.restore": ADMIN,
    "desk.admin.texts.show": ADMIN,
    "desk.admin.units.edit": ADMIN,
    "desk.admin.units.show": ADMIN,
    "desk.case_page.show": CASES,
    "desk.disclosures.decide": OFFICIAL,
    "desk.disclosures.show": OFFICIAL,
    "desk.dossier.download": frozenset({"triage"}),
    "desk.dossier.progress": frozenset({"triage"}),
    "desk.dossier.show": CASES,
    "desk.figures.behind.show": CONCERNED,
    "desk.figures.catalogue.show": CONCERNED,
    "desk.figures.definition.show": CONCERNED,
    "desk.figures.objections.one": CONCERNED,
    "desk.figures.objections.raising": NOBODY,
    "desk.figures.objections.show": CONCERNED,
    "desk.figures.overview.show": CASES,
    "desk.figures.own.show": frozenset({"handler"}),
    "desk.files.download": CASES,
    "desk.inbox.show": OFFICIAL,
    "desk.intake.receipt": CASES,
    "desk.intake.show": frozenset({"window", "hotline"}),
    "desk.meetings.addresses.change": CONCERNED,
    "desk.meetings.addresses.of_meeting": CONCERNED,
    "desk.meetings.addresses.show": CONCERNED,
    "desk.meetings.agenda.decide": DECIDERS,
    "desk.meetings.agenda.item": CASES,
    "desk.meetings.agenda.refresh": DECIDERS,
    "desk.meetings.agenda.show": CONCERNED,
    "desk.meetings.attending.record": frozenset({"triage"}),
    "desk.meetings.attending.show": CASES,
    "desk.meetings.calling.show": frozenset({"triage", "office"}),
    "desk.meetings.commitments.fulfil": frozenset({"handler"}),
    "desk.meetings.commitments.of_meeting": CONCERNED,
    "desk.meetings.commitments.publish": NOBODY,
    "desk.meetings.commitments.show": CONCERNED,
    "desk.meetings.leader.show": frozenset({"office"}),
    "desk.meetings.moving.show": frozenset({"triage", "office"}),
    "desk.meetings.opinions.show": CONCERNED,
    "desk.meetings.run_sheet.case": CASES,
    "desk.meetings.run_sheet.show": CASES,
    "desk.meetings.run_sheet.take_down": frozenset({"triage", "office"}),
    "desk.meetings.step.show": frozenset({"triage"}),
    "desk.meetings.timeline.show": CONCERNED,
    "desk.meetings.year.show": CONCERNED,
    "desk.notices.read": OFFICIAL,
    "desk.notices.show": OFFICIAL,
    "desk.operator.sms.cancel": KEEPERS,
    "desk.operator.sms.retry": KEEPERS,
    "desk.operator.sms.show": KEEPERS,
    "desk.operator.state.show": KEEPERS,
    "desk.own_unit.show": frozenset({"handler"}),
    "desk.papers.files.download": CASES,
    "desk.papers.files.picture": CASES,
    "desk.papers.listing.make": frozenset({"triage"}),
    "desk.papers.listing.show": OFFICIAL,
    "desk.papers.page.edit": frozenset({"triage"}),
    "desk.papers.page.show": CASES,
    "desk.papers.steps.take": frozenset({"triage"}),
    "desk.register.download": OFFICIAL,
    "desk.register.show": OFFICIAL,
    "desk.reports.listing.progress": CASES,
    "desk.reports.listing.show": CASES,
    "desk.reports.reading.download": CASES,
    "desk.reports.reading.show": CASES,
    "desk.rectifying.one": frozenset({"handler"}),
    "desk.rectifying.show": frozenset({"handler"}),
    "desk.supervision.key.decide": frozenset({"leader"}),
    "desk.supervision.key.download": CASES,
    "desk.supervision.key.show": CASES,
    "desk.supervision.monthly.download": CASES,
    "desk.supervision.monthly.propose": CASES,
    "desk.supervision.monthly.show": CASES,
    "desk.supervision.overview.download": CASES,
    "desk.supervision.overview.posts": CASES,
    "desk.supervision.overview.show": CASES,
    "desk.supervision.overview.unit": CASES,
    "desk.supervision.quality.mark": frozenset({"triage"}),
    "desk.supervision.quality.show": CASES,
    "desk.supervision.register.download": CASES,
    "desk.supervision.register.show": CASES,
    "desk.supervision.register.urge": CASES,
    "desk.supervision.repeated.one": CASES,
    "desk.supervision.repeated.report": frozenset({"triage"}),
    "desk.supervision.repeated.search": frozenset({"triage"}),
    "desk.supervision.repeated.show": CASES,
    "desk.supervision.repeated.step": frozenset({"triage"}),
    "desk.supervision.repeated.take_out": frozenset({"triage"}),
    "desk.supervision.reports.show": CASES,
    "desk.supervision.urging.issue": frozenset({"supervision", "triage"}),
    "desk.supervision.urging.leave_out": frozenset({"supervision", "triage"}),
    "desk.supervision.urging.put_back": frozenset({"supervision", "triage"}),
    "desk.supervision.urging.show": CASES,
    "desk.volumes.show": frozenset({"triage", "supervision"}),
    "health.healthz": PUBLIC,
    "portal.account.invite": ENTERPRISE,
    "portal.account.make_owner": ENTERPRISE,
    "portal.account.mobile": ENTERPRISE,
    "portal.account.password": ENTERPRISE,
    "portal.account.remove": ENTERPRISE,
    "portal.account.show": ENTERPRISE,
    "portal.account.switch": ENTERPRISE,
    "portal.acting.act": ENTERPRISE,
    "portal.door.forgot": PUBLIC,
    "portal.door.other_way": PUBLIC,
    "portal.door.sign_in": PUBLIC,
    "portal.door.sign_out": ENTERPRISE,
    "portal.drafting.begin": ENTERPRISE,
    "portal.drafting.confirm": ENTERPRISE,
    "portal.drafting.contact": ENTERPRISE,
    "portal.drafting.content": ENTERPRISE,
    "portal.drafting.discard": ENTERPRISE,
    "portal.drafting.keep": ENTERPRISE,
    "portal.drafting.remove_file": ENTERPRISE,
    "portal.enrolment.register": PUBLIC,
    "portal.figures.show": PUBLIC,
    "portal.files.of_draft": ENTERPRISE,
    "portal.files.of_petition": ENTERPRISE,
    "portal.home.show": PUBLIC,
    "portal.inbox.listing": ENTERPRISE,
    "portal.inbox.read": ENTERPRISE,
    "portal.meetings.announcement": PUBLIC,
    "portal.meetings.feed": PUBLIC,
    "portal.meetings.of_mine": ENTERPRISE,
    "portal.meetings.show": PUBLIC,
    "portal.papers.download": ENTERPRISE,
    "portal.petitions.listing": ENTERPRISE,
    "portal.petitions.rate": ENTERPRISE,
    "portal.petitions.show": ENTERPRISE,
    "portal.rules.show": PUBLIC,
    "portal.static": PUBLIC,
    "province.regions": PUBLIC,
    "province.static": PUBLIC,
    "regions.definition.show": ABOVE,
    "regions.flows.show": ABOVE,
    "regions.league.show": ABOVE,
    "regions.map.show": ABOVE,
    "regions.place.show": ABOVE,
    "regions.sheet.download": ABOVE,
    "regions.trend.show": ABOVE,
    "sign_in.out": PUBLIC,
    "sign_in.show": PUBLIC,
    "sign_in.static": PUBLIC,
    "webkit.brand_css": PUBLIC,
    "webkit.brand_svg": PUBLIC,
    "webkit.static": PUBLIC,
}
"""Endpoint → who may: anyone, an enterprise's people, a machine with a key, or officials with one of these roles.

Of an address that names a petition: who may where the petition is in no unit's hands yet.
"""

NEW_DRAFT = {"portal.drafting.content", "portal.drafting.keep"}
"""A draft begins with the first word typed: an id that nobody has here is a new one."""
WORDS = {"tenant": "raoping", "code": "accept", "message": "received", "day": "2026-03-09", "filename": "nothing.css", "meeting_step": "draft", "kind": "monthly", "what": "overrule", "secret": "nothing", "sheet": "1", "form": "pdf", "step": "submit", "mark_step": "result", "problem_step": "write", "table": "weekly_table", "figure": "received", "place": "huanggang"}


def rules(app: Flask, *, method: str = "GET") -> Iterator[Rule]:
    chosen = [rule for rule in app.url_map.iter_rules() if method in (rule.methods or set())]
    # Those that make something of the id come last, when it is no longer anybody else's.
    yield from sorted(chosen, key=lambda rule: rule.endpoint in NEW_DRAFT)


def address(rule: Rule, things: dict[str, str]) -> str:
    """The rule's path with these things in it."""
    return re.sub(r"<(?:[^<>]+:)?(\w+)>", lambda found: (things | WORDS)[_kind(rule, found[1])], rule.rule)


def _kind(rule: Rule, name: str) -> str:
    # On the portal a person is a colleague; a draft's file is another than a petition's.
    if name == "person_id" and rule.endpoint.startswith("portal."):
        return "colleague_id"
    if name == "code" and rule.endpoint.startswith("desk.admin."):
        return "message"
    if name == "code" and rule.endpoint.startswith("desk.meetings."):
        return "meeting_step"
    if rule.endpoint == "desk.supervision.quality.mark":
        return "mark_id" if name == "record_id" else "mark_step"
    if rule.endpoint == "desk.supervision.repeated.step" and name == "step":
        return "problem_step"
    if name == "file_id" and "draft_id" not in rule.arguments:
        return "attachment_id"
    return name


def nothing() -> dict[str, str]:
    """Ids that nobody has."""
    names = ("petition", "attachment", "file", "draft", "person", "colleague", "absent", "record", "disclosure", "unit", "enterprise", "notice", "list", "job", "paper", "issued", "meeting", "announced", "commitment", "message", "held", "objection", "report", "round", "problem", "finding", "mark")
    return {f"{name}_id": str(new_id()) for name in names} | {"number": "XX2026000001", "peer": "nobody"}


def allowed(answer: TestResponse) -> bool:
    """Whether the page was given out, rather than refused or exchanged for the sign-in page."""
    to_sign_in = answer.status_code == 302 and "sign-in" in answer.headers["Location"]
    return answer.status_code not in {401, 403, 404} and not to_sign_in


@pytest.fixture
def unguarded(whole_app: Flask) -> Iterator[Flask]:
    """Without form tokens, so that what stops a request is the permission and nothing else."""
    whole_app.config["WTF_CSRF_ENABLED"] = False
    yield whole_app
    whole_app.config["WTF_CSRF_ENABLED"] = True


def test_every_address_stands_in_the_matrix_and_nothing_else_does(whole_app: Flask) -> None:
    assert {rule.endpoint for rule in whole_app.url_map.iter_rules()} == set(MATRIX)


def test_a_stranger_gets_the_public_pages_and_no_others(raoping: World, unguarded: Flask) -> None:
    for method in ("GET", "POST"):
        for rule in rules(unguarded, method=method):
            visitor = raoping.stranger()
            answer = ask(visitor, method, address(rule, raoping.things))
            if MATRIX[rule.endpoint] == PUBLIC:
                assert answer.status_code not in {401, 403}, rule.endpoint
            else:
                assert not allowed(answer) or answer.headers.get("Location", "").endswith("/"), (rule.endpoint, answer.status_code)


def test_each_official_opens_what_his_roles_allow_and_no_more(raoping: World, whole_app: Flask) -> None:
    wrong = []
    for who in OFFICIALS:
        visitor = raoping.visitor(who)
        for rule in rules(whole_app):
            may = MATRIX[rule.endpoint]
            if may in (PUBLIC, KEY):
                continue
            answer = visitor.get(address(rule, raoping.things))
            if allowed(answer) != (who in may if isinstance(may, frozenset) else False):
                wrong.append((who, rule.endpoint, answer.status_code))
    assert wrong == []


def test_each_official_does_what_his_roles_allow_and_no_more(raoping: World, unguarded: Flask) -> None:
    wrong = []
    for rule in rules(unguarded, method="POST"):
        may = MATRIX[rule.endpoint]
        for who in OFFICIALS:
            if isinstance(may, frozenset) and who not in may:
                answer = ask(raoping.visitor(who), "POST", address(rule, raoping.things))
                if allowed(answer):
                    wrong.append((who, rule.endpoint, answer.status_code))
    assert wrong == []


def test_an_enterprise_opens_the_portal_and_not_the_desk(raoping: World, whole_app: Flask) -> None:
    for rule in rules(whole_app):
        if MATRIX[rule.endpoint] in (PUBLIC, KEY) or rule.endpoint == "portal.acting.act":
            continue
        answer = raoping.visitor("enterprise").get(address(rule, raoping.things))
        assert allowed(answer) == (MATRIX[rule.endpoint] == ENTERPRISE), (rule.endpoint, answer.status_code)


def test_what_is_foreign_is_answered_like_what_is_missing(raoping: World, shantou: World, unguarded: Flask) -> None:
    told = []
    for method in ("GET", "POST"):
        for rule in rules(unguarded, method=method):
            if not rule.arguments - set(WORDS) or MATRIX[rule.endpoint] in (PUBLIC, KEY):
                continue
            for who in ("enterprise", "triage", "admin"):
                foreign, missing = (
                    seen(raoping.visitor(who), method, rule, things) for things in (shantou.things, nothing())
                )
                if foreign != missing:
                    told.append((method, rule.endpoint, who, foreign[:2], missing[:2]))
    assert told == []


def test_another_enterprises_things_are_answered_like_missing_ones(raoping: World, unguarded: Flask) -> None:
    told = []
    for method in ("GET", "POST"):
        for rule in rules(unguarded, method=method):
            if not rule.arguments - set(WORDS) or MATRIX[rule.endpoint] != ENTERPRISE:
                continue
            theirs, missing = (seen(raoping.visitor("other"), method, rule, things) for things in (raoping.things, nothing()))
            if theirs != missing and rule.endpoint not in NEW_DRAFT:
                told.append((method, rule.endpoint, theirs[:2], missing[:2]))
            if rule.endpoint in NEW_DRAFT and theirs[0] != 404:
                told.append((method, rule.endpoint, theirs[:2]))
    assert told == []


def test_nothing_is_changed_without_the_token_of_a_form(raoping: World, whole_app: Flask) -> None:
    for rule in rules(whole_app, method="POST"):
        if MATRIX[rule.endpoint] == KEY:
            continue
        for who in ("enterprise", "triage", "admin"):
            visitor = raoping.visitor(who)
            before = cookie(visitor, raoping)
            answer = ask(visitor, "POST", address(rule, raoping.things))
            assert answer.status_code in {400, 401, 403}, (rule.endpoint, who, answer.status_code)
            # In particular nobody is signed out or in.
            assert cookie(visitor, raoping).get("_user_id") == before["_user_id"], rule.endpoint


def ask(visitor: Visitor, method: str, path: str) -> TestResponse:
    with visitor.client.application.app_context():
        return visitor.client.open(path, method=method, base_url=visitor.base_url, data={} if method == "POST" else None)


def seen(visitor: Visitor, method: str, rule: Rule, things: dict[str, str]) -> tuple[int, str, str]:
    """What the answer tells: status, where to, and the page but for the ids that the asker knew."""
    answer = ask(visitor, method, address(rule, things))
    texts = [answer.headers.get("Location", ""), answer.get_data(as_text=True)]
    for name, value in things.items():
        texts = [text.replace(value, name) for text in texts]
    return answer.status_code, texts[0], re.sub(r'name="csrf_token"[^>]*', "", texts[1])


def cookie(visitor: Visitor, world: World) -> dict[str, object]:
    with visitor.client.session_transaction(base_url=world.base_url) as session:
        return dict(session)
