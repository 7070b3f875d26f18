"""The words that may follow `zhitongche`, in the order in which the help shows them."""

from dataclasses import dataclass

from zhitongche.kernel.extensions import installed


@dataclass(frozen=True, slots=True)
class Word:
    """A word: the module that does it (`configure(parser)`, `run(args) -> int`), and its help; a bare name is of this package."""

    module: str
    help: str
    # Whether what argparse does not know goes on to another program, in `args.rest`.
    passes_on: bool = False


WORDS = {
    "up": Word("up", "启动整个系统（数据库、网站、任务、定时），按 Ctrl-C 停止"),
    "test": Word("test", "运行全部测试；其后的参数交给 pytest", passes_on=True),
    "lint": Word("lint", "检查代码：ruff、mypy、import-linter"),
    "migrate": Word("migrate", "把数据库结构升级到最新版本"),
    "packs": Word("packs", "租户配置包：检查、画流程图、新建"),
    "papers": Word("papers", "排出某租户的公文样张"),
    "deadline": Word("deadline", "计算一个时限何时届满"),
    "calendar": Word("calendar", "打印某租户某年的工作日历"),
    "meetings": Word("meetings", "会议计划：某年每次会议的日期和各事项的期限"),
    "simulate": Word("simulate", "让虚拟的企业和工作人员办理一批诉求"),
    "statistics": Word("statistics", "指标：核对、重算、查看口径版本"),
    "api-key": Word("api_key", "接口密钥：发放、列出、停用"),
    "clauses": Word("clauses", "条款对照表：条款 → 实现 → 测试"),
    "bench": Word("bench", "性能测试；其后的参数交给测试脚本", passes_on=True),
    "shell": Word("shell", "进入某租户的 Python 交互环境（维护用）"),
}


def all_words() -> dict[str, Word]:
    """Ours and those of what is installed above."""
    further = {name: Word(*word) for extension in installed() for name, word in extension.words.items()}
    return WORDS | further
