"""Every macro in every state, on pages of believable contents; served in the development environment only."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace as Sample
from typing import Any

from flask import Blueprint, Flask, flash, render_template
from werkzeug.wrappers import Response

from zhitongche.kernel import clock
from zhitongche.kernel.errors import Conflict, Forbidden, Invalid, NotFound, Refused
from zhitongche.webkit.forms import FieldSpec, PackForm, apply_errors, build_form
from zhitongche.webkit.gallery_charts import tables
from zhitongche.webkit.gallery_samples import (
    cases,
    compared,
    entries,
    files,
    filters,
    next_step,
    running_clocks,
)

blueprint = Blueprint("gallery", __name__, url_prefix="/gallery")

SPECS = (
    FieldSpec("title", "诉求标题", hint="一句话说清要解决什么，例如“厂区门口道路破损影响货车进出”", max_length=60),
    FieldSpec("category", "诉求类别", "radio", choices=(("ask", "咨询"), ("advise", "意见建议"), ("complain", "涉企服务投诉"))),
    FieldSpec("content", "诉求内容", "longtext", hint="请写明时间、地点、经过，以及已经找过哪些部门。", max_length=2000, min_length=10),
    FieldSpec("unit", "希望由哪个单位办理", "choice", required=False, choices=(("a", "市场监督管理局"), ("b", "自然资源局"))),
    FieldSpec("topics", "涉及事项", "multi", required=False, choices=tuple((str(n), t) for n, t in enumerate(("用地", "用电", "用工", "融资", "税务", "消防", "环保", "物流")))),
    FieldSpec("code", "统一社会信用代码", "credit_code", hint="18位，见营业执照。"),
    FieldSpec("mobile", "联系手机", "mobile", hint="办理进展会发短信到这个号码。"),
    FieldSpec("since", "从哪天开始", "date", required=False),
    FieldSpec("talked", "约谈时间", "datetime", required=False),
    FieldSpec("people", "涉及员工人数", "integer", required=False, minimum=0, maximum=100000),
    FieldSpec("steps", "阶段安排", "milestones", required=False, hint="把要做的事按先后写出来，每项写明完成日期。"),
    FieldSpec("papers", "附件", "files", required=False, hint="图片、PDF、Word、Excel，每个不超过20 MB，最多8个。"),
    FieldSpec("true", "以上内容属实，愿意承担相应责任", "checkbox"),
)  # fmt: skip


def init_app(app: Flask) -> None:
    """Add the gallery to an application of the development environment."""
    app.register_blueprint(blueprint)


@blueprint.get("/")
def parts() -> str:
    """All the small parts in all their states."""
    for tone, text in (
        ("success", "诉求已提交，受理编号已发到您的手机。"),
        ("warning", "您有一件诉求今天到期评价。"),
    ):
        flash(text, tone)
    return render_template("gallery/parts.html", clocks=running_clocks(), files=files(), pair=compared())


@blueprint.route("/form", methods=["GET", "POST"])
def form() -> str:
    """A form with every kind of field; a submission shows its errors or what was understood."""
    built = build_form(SPECS, version=3)
    understood = built.values() if built.validate_on_submit() else None
    return render_template("gallery/form.html", form=built, understood=understood)


@blueprint.get("/form-wrong")
def form_wrong() -> str:
    """The same form with the messages of a use case laid onto it."""
    built: PackForm = build_form(SPECS, {"title": "厂区门口道路破损", "mobile": "1380013", "category": "ask"})
    messages = {
        "mobile": "手机号码应为11位数字，现为7位",
        "code": "统一社会信用代码校验位不符，请核对营业执照",
        "content": "请填写诉求内容",
    }
    apply_errors(built, Invalid(messages))
    return render_template("gallery/form.html", form=built, understood=None)


@blueprint.get("/home")
def home() -> str:
    """What an enterprise sees first."""
    return render_template("gallery/home.html")


@blueprint.get("/petition")
def petition() -> str:
    """A petition tracked like a parcel."""
    return render_template("gallery/petition.html", entries=entries(), step=next_step(), files=files())


@blueprint.get("/inbox")
def inbox() -> str:
    """An official's inbox."""
    return render_template("gallery/inbox.html", cases=cases(), filters=filters())


@blueprint.get("/case")
def case() -> str:
    """An official's view of one case."""
    given: dict[str, Any] = {
        "entries": entries(),
        "step": next_step(),
        "files": files(),
        "clocks": running_clocks(),
    }
    return render_template("gallery/case.html", **given, actions=_actions())


@blueprint.get("/charts")
def charts() -> str:
    """Every kind of chart, with the table behind it."""
    return render_template("gallery/charts.html", tables=tables())


@blueprint.get("/confirm")
def confirm() -> str:
    """The second page before what cannot be taken back."""
    return render_template(
        "pages/confirm.html",
        around="layouts/desk.html",
        title="不予受理",
        question="确定对这件诉求作出不予受理的决定吗？",
        facts=(
            ("编号", "示例〔2026〕0128号"),
            ("企业", "示例县宏达陶瓷有限公司"),
            ("情形", "已进入诉讼程序"),
        ),
        consequence="决定作出后立即短信通知企业，不能撤回。",
        action_url="/gallery/confirm",
        cancel_url="/gallery/case",
        confirm_label="确定不予受理",
        danger=True,
        clause="RP-2.3.g",
    )


@blueprint.route("/fail/<kind>", methods=["GET", "POST"])
def fail(kind: str) -> Response:
    """Each failure, on purpose."""
    build_form(SPECS)
    known: dict[str, Exception] = {
        "refused": Refused("本单位对这件诉求已经提出过一次异议，不能再次提出。", "RP-2.3.c"),
        "invalid": Invalid({"title": "请填写诉求标题", "mobile": "手机号码应为11位数字"}),
        "missing": NotFound(),
        "forbidden": Forbidden("这件诉求由其他单位办理，内容只对办理人员开放。", "ST-5.1"),
        "conflict": Conflict(),
    }
    raise known.get(kind, RuntimeError("planted: SELECT secret FROM petition"))


def _actions() -> list[Sample]:
    soon = f"须在{clock.local_date(clock.now() + timedelta(days=1)):%m月%d日}前完成"
    rows = (
        ("接收", "RP-2.3.b", soon, "inbox", True),
        ("提出异议", "RP-2.3.c", "只能提出一次，办理期限不停", "arrow-return-left", False),
        ("联系企业", "ST-3.3.a", "", "telephone", False),
        ("答复", "RP-2.3.d", "", "reply", False),
    )
    return [Sample(name=n, clause=c, hint=h, icon=i, main=m, url="/gallery/form") for n, c, h, i, m in rows]
