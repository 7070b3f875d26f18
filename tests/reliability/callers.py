"""People who do not give up: over HTTP, pressing again when the line breaks, noting what was acknowledged."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from uuid import UUID

import requests

from tests.support.pages import Form, forms_of
from zhitongche.flow.facts import Actor
from zhitongche.identity import enterprises, officials, units
from zhitongche.identity.enterprises import EnterpriseForm
from zhitongche.identity.officials import OfficialForm
from zhitongche.identity.register_load import load_csv
from zhitongche.kernel.ids import new_id
from zhitongche.kernel.settings import bundled
from zhitongche.persistence import unit_of_work
from zhitongche.tenancy import current

TENANT = "raoping"
PASSWORD = "nuli-2026-bangong"
ADMIN = Actor("official", "系统管理员", roles=frozenset({"admin"}))
LEAD = "jiaotong"
COMPANIES = (
    ("91445122MAPBRNYTPQ", "饶平县海丰水产有限公司", "13800000001"),
    ("91445122MAL1W53BF7", "饶平县粤东陶瓷有限公司", "13800000002"),
    ("91445122MAJ70P6D81", "饶平县柘林湾水族有限公司", "13800000003"),
)
WAY = ("accept", "receive", "reply", "answer", "rate")
"""What happens to a petition after it was handed in, each step once."""
Step = tuple[str, str]


def prepare() -> None:
    """People of the tenant in scope: three enterprises, the bureau's officer, the road department's."""
    pack = current.pack()
    with unit_of_work():
        units.sync(pack)
        load_csv(bundled("tenants") / pack.code / "register.csv")
        for code, name, mobile in COMPANIES:
            enterprises.enrol(EnterpriseForm(code, name, "陈静", mobile, PASSWORD))
        for login, unit, role in (("zhengshu", "zhengshu", "triage"), ("jiaotong", LEAD, "handler")):
            form = OfficialForm(login, "林晓敏", (role,), unit, digest=False)
            officials.create(form, by=ADMIN, password=PASSWORD)


@dataclass
class Caller:
    """One person with cookies; asks again as long as nobody answers or the answer is a failure of the machine."""

    base_url: str
    port: int
    client: requests.Session = field(default_factory=requests.Session)
    broken: int = 0

    def __post_init__(self) -> None:
        self.client.headers["Host"] = f"{TENANT}.localhost:{self.port}"

    def once(self, method: str, path: str, data: object = None) -> requests.Response | None:
        """The answer, or None where the line broke or the machine failed: then nothing is known."""
        try:
            answer = self.client.request(method, self.base_url + path, data=data, timeout=20, allow_redirects=False)  # type: ignore[arg-type]
        except requests.RequestException:
            answer = None
        if answer is None or answer.status_code >= 500:
            self.broken += 1
            return None
        return answer

    def see(self, path: str) -> requests.Response:
        """The page, as soon as there is one."""
        while (answer := self.once("GET", path)) is None:
            time.sleep(0.2)
        return answer

    def send(self, path: str, form: Form, **values: str) -> requests.Response | None:
        """Fill in the form and send it, once."""
        return self.once("POST", path, {**dict(form.values), **values})

    def sign_in(self, path: str, **values: str) -> None:
        """At either door."""
        while True:
            form = _having(self.see(path).text, "password")
            answer = self.send(path, form, **values, password=PASSWORD)
            if answer is not None:
                assert answer.status_code in {302, 303}, answer.text
                return


@dataclass
class Story:
    """One enterprise and its officials, handing in and handling petitions one after another."""

    office: Caller
    unit: Caller
    company: Caller
    lead_id: UUID
    handed_in: list[str] = field(default_factory=list)
    acknowledged: list[Step] = field(default_factory=list)
    uncertain: list[Step] = field(default_factory=list)

    def hand_in(self) -> str:
        """A petition by its draft's steps; sent again until it is acknowledged. Answers its id."""
        draft = f"/petitions/new/{new_id()}"
        number = len(self.handed_in) + 1
        self._fill(f"{draft}/content", title=f"厂区门口道路破损第{number}处", category="difficulty", matter="jiaotong",
                   content=f"我司厂区门口第{number}处道路破损，雨天积水，货车进出困难，多次报修未果，请协调修复。", wish="尽快修复")  # fmt: skip
        self._fill(f"{draft}/contact", contact_name="陈静", contact_mobile="13800009999")
        while True:
            page = self.company.see(f"{draft}/confirm")
            if page.status_code == 302:
                break
            answer = self.company.send(f"{draft}/confirm", _having(page.text, "csrf_token", action=f"{draft}/confirm"))
            if answer is not None:
                assert answer.status_code == 302, answer.text
                break
            self.uncertain.append((draft, "register"))
        petition = draft.rpartition("/")[2]
        self.handed_in.append(petition)
        self.acknowledged.append((petition, "register"))
        return petition

    def handle(self, petition: str) -> None:
        """The whole way to the rating."""
        for step in WAY:
            self.act(petition, step)

    def act(self, petition: str, code: str) -> None:
        """One step of the way, pressed again until it is known to be done."""
        who, values = self._part(code)
        path = f"/petitions/{petition}/do/{code}" if code == "rate" else f"/desk/petitions/{petition}/do/{code}"
        while True:
            page = who.see(path)
            if page.status_code == 409:
                # No longer open: the try whose answer was lost had been carried out.
                assert (petition, code) in self.uncertain, page.text
                break
            assert page.status_code == 200, (path, page.status_code, page.headers.get("location"))
            answer = who.send(path, _having(page.text, "version"), **values)
            if answer is not None:
                assert answer.status_code in {302, 303}, answer.text
                break
            self.uncertain.append((petition, code))
        self.acknowledged.append((petition, code))

    def _part(self, code: str) -> tuple[Caller, dict[str, str]]:
        return {
            "accept": (self.office, {"accept_ground": "duty", "lead": str(self.lead_id)}),
            "receive": (self.unit, {}),
            "reply": (self.unit, {"reply": "已现场查看，列入本季度修复计划。", "resolution": "explained"}),
            "answer": (self.office, {"reply": "已现场查看，列入本季度修复计划。"}),
            "rate": (self.company, {"satisfaction": "satisfied"}),
        }[code]

    def _fill(self, path: str, **values: str) -> None:
        # The first step's page is `/petitions/new`; any page of the draft's own address has the same form.
        start = path if path.endswith("/contact") else "/petitions/new"
        while True:
            answer = self.company.send(path, _having(self.company.see(start).text, next(iter(values))), **values)
            if answer is not None:
                assert answer.status_code == 302, answer.text
                return


def stories(url: str, port: int, lead_id: UUID) -> list[Story]:
    """One for each enterprise, everybody signed in."""
    made = []
    for _, _, mobile in COMPANIES:
        office, unit, company = (Caller(url, port) for _ in range(3))
        office.sign_in("/desk/sign-in", login="zhengshu")
        unit.sign_in("/desk/sign-in", login="jiaotong")
        company.sign_in("/sign-in", mobile=mobile)
        made.append(Story(office, unit, company, lead_id))
    return made


def together(acts: Iterable[Callable[[], None]]) -> tuple[list[threading.Thread], list[BaseException]]:
    """Start each in a thread of its own; what they raise is collected."""
    raised: list[BaseException] = []

    def guarded(act: Callable[[], None]) -> None:
        try:
            act()
        except BaseException as error:
            raised.append(error)

    threads = [threading.Thread(target=guarded, args=(act,), daemon=True) for act in acts]
    for thread in threads:
        thread.start()
    return threads, raised


def _having(page: str, name: str, action: str = "") -> Form:
    return next(form for form in forms_of(page) if name in form.names and form.method == "post" and action in form.action)
