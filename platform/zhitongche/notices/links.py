"""Addresses that a message points to, as the reader's browser reaches them."""

from uuid import UUID

from flask import current_app

from zhitongche.kernel.settings import Settings
from zhitongche.tenancy import current


def to(kind: str, petition_id: UUID | None = None, paper_id: UUID | None = None) -> str:
    """The paper's page, else the petition's, or the list where none is meant; an enterprise's or an official's, by `kind`."""
    settings: Settings = current_app.config["SETTINGS"]
    base = settings.portal(current.pack().hosts[0])
    desk = "" if kind == "enterprise" else "/desk"
    page = f"/petitions/{petition_id}" if petition_id else "/"
    if paper_id:
        page = f"/papers/{paper_id}"
    return f"{base}{desk}{page}"
