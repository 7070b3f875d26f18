"""What every page is compared with: a bare Flask view that does as many trivial, indexed SQL round trips.

`/1,12,3` does three transactions of one, twelve and three statements, over the same driver, pool and role.
`/same/<file>` sends the very statements that a page sent, as `measure` has kept them in a file, and reads all rows:
what is above it is the database's part, what is below it is ours.
"""

from __future__ import annotations

import os
import pickle
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import column, select, table, text

TENANT = "raoping"
_SET_TENANT = text("select set_config('app.tenant', :tenant, true)")
_unit = table("unit", column("tenant_id"), column("code"), column("name"))
_ONE = select(_unit.c.name).where(_unit.c.tenant_id == TENANT)


def create_app() -> Flask:
    """The application with its one view."""
    app, db = Flask("bare"), SQLAlchemy(engine_options={"pool_pre_ping": True})
    app.config.update(
        SQLALCHEMY_DATABASE_URI=os.environ["DATABASE_URL"],
        SQLALCHEMY_ENGINE_OPTIONS={"pool_size": 12, "max_overflow": 4},
    )
    db.init_app(app)

    @app.get("/same/<path:file>")
    def same(file: str) -> str:
        rows = 0
        for transaction in _kept(f"/{file}"):
            with db.engine.begin() as connection:
                answers = (connection.exec_driver_sql(*statement) for statement in transaction)
                rows += sum(len(answer.all()) for answer in answers if answer.returns_rows)
        return f"<!doctype html><title>{rows}</title>"

    @app.get("/<shape>")
    def view(shape: str) -> str:
        found: str | None = ""
        for statements in map(int, shape.split(",")):
            # As with the pages, the first one of a transaction tells the database whose it is.
            db.session.execute(_SET_TENANT, {"tenant": TENANT})
            for _ in range(statements - 1):
                found = db.session.scalar(_ONE.where(_unit.c.code == "gongxin"))
            db.session.commit()
        return f"<!doctype html><title>{found}</title>"

    return app


@cache
def _kept(file: str) -> list[list[tuple[str, Any]]]:
    kept: list[list[tuple[str, Any]]] = pickle.loads(Path(file).read_bytes())
    return kept


app = create_app() if "DATABASE_URL" in os.environ else None
