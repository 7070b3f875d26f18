"""What every page is compared with: a bare Flask view that does as many trivial, indexed SQL round trips.

`/1,12,3` does three transactions of one, twelve and three statements, over the same driver, pool and role.
"""

from __future__ import annotations

import os

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


app = create_app() if "DATABASE_URL" in os.environ else None
