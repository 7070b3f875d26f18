"""Attackers and their victims: two tenants of the real packs, two enterprises, an official of every role."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from tests.meta import bridge, meetings, supervision
from tests.support.database import Database
from tests.support.pages import Visitor
from tests.support.stage import Play
from zhitongche import documents
from zhitongche.app.factory import create_app
from zhitongche.casework import disclosures, drafts
from zhitongche.casework.tables import Attachment, Disclosure
from zhitongche.casework.uploads import Upload
from zhitongche.documents.dossier import asking, keeping
from zhitongche.flow.facts import Actor
from zhitongche.identity import people, stand_in
from zhitongche.identity.actors import AccountUser
from zhitongche.identity.tables import StandIn
from zhitongche.kernel import clock as kernel_clock
from zhitongche.kernel.ids import new_id
from zhitongche.kernel.settings import Settings
from zhitongche.notices.tables import Notice
from zhitongche.persistence import db, tenant_scope, unit_of_work
from zhitongche.statistics import Period
from zhitongche.statistics.reports import asking as reports
from zhitongche.statistics.reports import making, spans
from zhitongche.statistics.tables import FigureObjection
from zhitongche.supervision import monthly
from zhitongche.tenancy import current

TENANTS = Path(__file__).parents[2] / "tenants"
OTHER_CODE = "91440300708461136T"
OFFICIALS = ("triage", "leader", "office", "supervision", "reviewer", "window", "hotline", "admin", "operator", "handler")


@pytest.fixture(scope="session")
def whole_app(database: Database, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The application as it is served, but for the gallery of the development environment."""
    settings = Settings(
        database_url=database.url, secret_key="for tests only, forty characters or more",
        data_dir=tmp_path_factory.mktemp("data"), tenants_dirs=(TENANTS,), environment="embedded",
    )  # fmt: skip
    return create_app(settings)


@dataclass
class World:
    """A tenant with people of every kind and one thing of every kind that an address may name."""

    app: Flask
    code: str
    play: Play
    things: dict[str, str] = field(default_factory=dict)

    @contextmanager
    def inside(self) -> Iterator[None]:
        with self.app.app_context(), tenant_scope(self.code):
            yield

    @property
    def base_url(self) -> str:
        return f"http://{self.code}.localhost"

    def stranger(self) -> Visitor:
        return Visitor(self.app.test_client(), self.base_url)

    def visitor(self, who: str) -> Visitor:
        """Somebody signed in."""
        actor = self.play.people[who]
        assert actor.person_id
        with self.inside():
            session_id = AccountUser(people.by_id(actor.person_id)).get_id()
        visitor = self.stranger()
        with visitor.client.session_transaction(base_url=self.base_url) as session:
            session["_user_id"], session["_fresh"] = session_id, True
        return visitor


def build(app: Flask, code: str, canary: str = "") -> World:
    """The world of one tenant; a canary stands in every field that people fill in."""
    with app.app_context(), tenant_scope(code):
        play = Play.open(current.registry()[code])
        with unit_of_work():
            play.people["other"] = play.enterprise_person(OTHER_CODE, f"乙公司{canary}", "13800005678")
            play.people["operator"] = play._official("operator", None)
        unit = next(unit.code for unit in play.pack.units if "handler" in unit.roles)
        play.people["handler"] = play.handler(unit)
        world = World(app, code, play)
        _furnish(world, canary, unit)
    return world


def _furnish(world: World, canary: str, unit: str) -> None:
    play, enterprise = world.play, world.play.people["enterprise"]
    # A name has room for thirty characters only.
    petition = play.hand_in(contact_name=f"陈{canary[:25]}", **dict.fromkeys(("title", "content", "wish"), f"这里是诉求内容请协调{canary}"), files=[Upload(f"图{canary}.txt", b"text")])
    with unit_of_work():
        draft_id = new_id()
        drafts.save(draft_id, enterprise, {"title": f"草稿{canary}", "content": canary, "wish": canary})
        drafts.attach(draft_id, enterprise, [Upload("草稿.txt", b"draft")])
        triage, leader = play.people["triage"], play.people["leader"]
        now = kernel_clock.now()
        stand_in.create(
            absent_id=triage.person_id, stand_in_id=leader.person_id, since=now, until=now + timedelta(days=3),
            reason=f"培训{canary}", by=play.people["admin"],
        )  # fmt: skip
        monthly.make(now.date().replace(day=1), "ST-3.5")
        notice = Notice(
            key=f"test:{new_id()}", recipient="13800001234", channel="sms", name="陈静", mobile="13800001234", message="received",
            text=f"您的诉求{canary}", state="failed", promised_for=now, due_at=now, tries=1,
        )  # fmt: skip
        db.session.add(notice)
        about = documents.About.petition(petition.id)
        paper = documents.draft("opinions", about=about, facts={"text": f"处理意见{canary}"}, actor=triage)
        told = dict.fromkeys(("received", "title", "number", "ground", "reason", "enterprise"), f"已写明{canary}")
        issued = documents.draft("refusal_notice", about=about, facts=told, actor=triage)
        disclosures.ask(petition.number, f"查阅用途{canary}", (now + timedelta(days=3)).date(), play.people["window"])
    job_id = _dossier(petition.id, triage)
    report_id = _report()
    rows = db.session.scalars(select(Attachment).order_by(Attachment.id)).all()
    world.things = {
        "petition_id": str(petition.id),
        "attachment_id": str(next(row.id for row in rows if row.petition_id)),
        "file_id": str(next(row.id for row in rows if row.draft_id)),
        "draft_id": str(draft_id),
        "person_id": str(play.people["handler"].person_id),
        "colleague_id": str(enterprise.person_id),
        "absent_id": str(triage.person_id),
        "record_id": str(db.session.scalars(select(StandIn.id)).first()),
        "disclosure_id": str(db.session.scalars(select(Disclosure.id)).first()),
        "unit_id": play.unit(unit),
        "enterprise_id": str(enterprise.enterprise_id),
        "number": petition.number,
        "paper_id": str(paper.id),
        "job_id": str(job_id),
        "issued_id": str(issued.id),
        "notice_id": str(notice.id),
        "list_id": str(monthly.lists()[0].id),
        "report_id": str(report_id),
        "objection_id": str(_objection(petition.id, UUID(play.unit(unit)), play.people["handler"], canary)),
        **supervision.furnish(play, petition.id, issued.id, UUID(play.unit(unit)), canary),
        **meetings.furnish(play, petition.id, UUID(play.unit(unit)), canary),
        **bridge.furnish(play, canary),
    }


def _report() -> UUID:
    """A report of the calendar, made."""
    with unit_of_work():
        row = reports.queue(spans.Span("month", Period.month(kernel_clock.today())), ["overview", "late"], ["pdf"], person_id=None)
    making.make(row.id)
    return row.id


def _objection(petition_id: UUID, unit_id: UUID, handler: Actor, canary: str) -> UUID:
    """A unit's objection to a petition being counted against it."""
    with unit_of_work():
        row = FigureObjection(
            petition_id=petition_id, unit_id=unit_id, figure="on_time_rate", reason=f"理由{canary}", raised_by=handler.person_id, raised_at=kernel_clock.now(),
        )  # fmt: skip
        db.session.add(row)
    return row.id


def _dossier(petition_id: UUID, asker: Actor) -> UUID:
    """A dossier as it lies ready for whoever asked for it."""
    with unit_of_work():
        job = asking.ask(petition_id, "归档", asker)
        now = kernel_clock.now()
        job.state, job.digest, job.done, job.made_at, job.expires_at = "done", "00", job.total, now, now + keeping.KEPT
    folder = keeping.folder_of(job.id)
    folder.mkdir(parents=True)
    (folder / "result.pdf").write_bytes(b"%PDF-1.7")
    return job.id


@pytest.fixture
def raoping(whole_app: Flask, tenant_db: Database, clock: kernel_clock.Simulated) -> World:
    return build(whole_app, "raoping")


@pytest.fixture
def shantou(whole_app: Flask, tenant_db: Database, clock: kernel_clock.Simulated) -> World:
    return build(whole_app, "shantou")
