from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from tests.support.database import Database
from tests.support.officers import write
from tests.support.threads import start
from zhitongche import journal
from zhitongche.kernel import ids
from zhitongche.persistence import TenantSession, db, tenant_scope, unit_of_work


def test_the_entry_that_append_answers_is_the_one_that_is_read(session: TenantSession) -> None:
    petition = ids.new_id()
    with unit_of_work():
        written = write(petition, "一", "二")
    assert journal.entries(petition) == written


def test_neither_words_nor_names_stand_readable_in_the_database(tenant_db: Database, petition: UUID) -> None:
    with tenant_db.superuser.connect() as connection:
        rows = connection.execute(text("select journal_entry::text, body from journal_entry")).all()
    assert len(rows) == 5
    stored = b"".join(row[0].encode() + bytes(row[1]) for row in rows)
    assert "林晓敏".encode() not in stored
    assert "三".encode() not in stored


def test_the_program_itself_can_neither_change_nor_delete_an_entry(
    session: TenantSession, petition: UUID
) -> None:
    for statement in (
        "update journal_entry set action = 'x'",
        "delete from journal_entry",
        "truncate journal_entry",
    ):
        with pytest.raises(ProgrammingError, match="permission denied"):
            session.execute(text(statement))
        session.rollback()


def test_what_is_rolled_back_leaves_no_gap(session: TenantSession, petition: UUID) -> None:
    def broken_off() -> None:
        with unit_of_work():
            write(petition, "六")
            raise RuntimeError("broken off")

    with pytest.raises(RuntimeError, match="broken off"):
        broken_off()
    with unit_of_work():
        (entry,) = write(petition, "六")
    assert entry.seq == 6
    journal.verify(petition)


def test_many_at_once_on_one_petition_make_one_unbroken_chain(bare_app: Flask, tenant_db: Database) -> None:
    petition = ids.new_id()

    def work() -> None:
        for line in ("甲", "乙", "丙"):
            with unit_of_work():
                write(petition, line)

    with ThreadPoolExecutor(8) as pool:
        for future in [start(pool, bare_app, "alpha", work) for _ in range(8)]:
            future.result()
    with bare_app.app_context(), tenant_scope("alpha"):
        assert [entry.seq for entry in journal.entries(petition)] == list(range(1, 25))
        journal.verify(petition)
        db.session.rollback()
