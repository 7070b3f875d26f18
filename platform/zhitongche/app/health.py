"""Is it alive, and can it reach its database? For supervisors and load balancers."""

from flask import Blueprint
from sqlalchemy import text

from zhitongche.persistence import db

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def healthz() -> tuple[dict[str, str], int]:
    """200 where the database answers; any host, no tenant."""
    db.session.execute(text("select 1"))
    return {"status": "ok"}, 200
