"""What passes between levels, as plain values. Moments aware, in UTC; digests are SHA-256 in lower-case hexadecimal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from uuid import UUID


@dataclass(frozen=True, slots=True)
class Opinion:
    """Why it goes up, in the words of one unit."""

    unit: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Dossier:
    """The dossier as it stood: a digest over the journal's tail and the documents, and how many documents."""

    digest: str
    documents: int


@dataclass(frozen=True, slots=True)
class Notice:
    """Stage 0: no enterprise, no contact, no attachment. `ref` means nothing to its reader; `deadline`: by when it should be taken."""

    level: str
    category: str
    title: str
    ground: str
    clause: str
    received_on: date
    dossier: Dossier
    ref: str
    matter: str = ""
    area: str = ""
    deadline: datetime | None = None
    opinions: tuple[Opinion, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A file of the dossier, by what it is, without its content."""

    digest: str
    name: str
    media_type: str
    size: int


@dataclass(frozen=True, slots=True)
class Details:
    """Stage 1, once taken: whose it is and what it says; the contact is masked."""

    enterprise: str
    credit_code: str
    content: str
    wish: str = ""
    contact_masked: str = ""
    documents: tuple[Document, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """A notice as it arrives, with the tenant that sent it."""

    bridge_id: UUID
    from_tenant: str
    from_name: str
    notice: Notice


@dataclass(frozen=True, slots=True)
class Rise:
    """One rise of a petition; `number` counts them from 1, `open` while the level above may still answer."""

    id: UUID
    petition_id: UUID
    number: int
    bridge_id: UUID | None
    to_tenant: str
    open: bool
    sent_at: datetime
    delivered_at: datetime | None
    taken_at: datetime | None


@dataclass(frozen=True, slots=True)
class Standing:
    """How a case stands, for the level below: who has it, until when, what was answered, how it ended."""

    petition_id: UUID
    bridge_id: UUID
    from_tenant: str
    stage: str
    holder: str
    due: datetime | None
    answer: str
    resolution: str
    outcome: str | None
