"""What messages about a case say, stage by stage: no more than that stage needs (最少必要)."""

from typing import Final

from escalation.wire import forms
from escalation.wire.forms import Closed, Whole

MAX_DOCUMENTS: Final = 200
STATES: Final = ("taken", "progress", "asked", "decided", "closed")
_REF: Final = r"[A-Za-z0-9_-]{1,64}"
_CLAUSE: Final = r"[A-Z]{2,4}-[0-9][0-9a-z.]{0,20}"
_WORD: Final = r"[a-z][a-z0-9_-]{0,39}"
# Some stars, and fewer digits than a number has: 138****1234.
_MASKED: Final = r"(?=.*\*)(?!(?:[^0-9]*[0-9]){9}).*"
_CREDIT_CODE: Final = r"[0-9A-HJ-NPQRTUWXY]{18}"
_MEDIA_TYPE: Final = r"[a-z]+/[a-z0-9][a-z0-9.+-]{0,100}"
_ONE_TIME: Final = r"[A-Za-z0-9_-]{32,128}"


class Document(Closed):
    """A document by its digest; size in bytes."""

    digest = forms.sha256()
    name = forms.name(200)
    media_type = forms.coded(_MEDIA_TYPE, 128)
    size = Whole(2**31)


class Opinion(Closed):
    """What a unit on the way up said, and when."""

    unit = forms.name(100)
    text = forms.text(4000)
    at = forms.moment()


class Dossier(Closed):
    """The agreed dossier: its digest and how many documents it has."""

    digest = forms.sha256()
    documents = Whole(10_000)


class Escalate(Closed):
    """Stage 0, the notice: what is asked and why, not who asks. RP-2.3.e, RP-2.3.f, ST-1.3."""

    level = forms.coded(_WORD, 40)
    category = forms.name(60)
    matter = forms.name(60, optional=True)
    title = forms.name(120)
    area = forms.name(60, optional=True)
    ground = forms.name(120)
    clause = forms.coded(_CLAUSE, 26)
    deadline = forms.moment(optional=True)
    received_on = forms.day()
    opinions = forms.many(forms.part(Opinion), 20)
    dossier = forms.part(Dossier)
    ref = forms.coded(_REF, 64)


class Enterprise(Closed):
    """Who asks. GB 32100-2015."""

    name = forms.name(200)
    credit_code = forms.coded(_CREDIT_CODE, 18, optional=True)


class Details(Closed):
    """Stage 1, once the case is taken; the contact is masked, documents are named by digest."""

    enterprise = forms.part(Enterprise)
    content = forms.text(10_000)
    wish = forms.text(4000, optional=True)
    contact_masked = forms.name(64, pattern=_MASKED, optional=True)
    documents = forms.many(forms.part(Document), MAX_DOCUMENTS)


class Supplement(Closed):
    """What is added later, asked for or not."""

    text = forms.text(10_000)
    documents = forms.many(forms.part(Document), MAX_DOCUMENTS, optional=True)


class Withdraw(Closed):
    """The enterprise or the level below takes it back: stages 1 and 2 are erased above."""

    reason = forms.text(4000)


class Status(Closed):
    """Where the case is above, who has it, what is owed next and when."""

    state = forms.one_of(STATES)
    holder = forms.name(100, optional=True)
    text = forms.text(10_000, optional=True)
    due = forms.moment(optional=True)
    resolution = forms.name(60, optional=True)


class Return(Closed):
    """Not taken: the level below goes on."""

    reason = forms.text(4000)
    by = forms.name(100, optional=True)


class Request(Closed):
    """Stage 2: one document, or the contact in full where no digest is named; the purpose is logged at both ends."""

    digest = forms.sha256(optional=True)
    purpose = forms.text(500)
    by = forms.name(100, optional=True)


class Offer(Closed):
    """What was requested, to be fetched once with the token until `expires_at`."""

    request = forms.uuid(optional=True)
    digest = forms.sha256()
    name = forms.name(200)
    media_type = forms.coded(_MEDIA_TYPE, 128)
    size = Whole(2**31)
    token = forms.coded(_ONE_TIME, 128)
    expires_at = forms.moment(optional=True)
