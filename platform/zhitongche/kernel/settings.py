"""What differs from one installation to the next, read once from the environment (运行配置)."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, Self, cast, get_args

from zhitongche.kernel.errors import Invalid
from zhitongche.kernel.secret_key import kept_secret

Environment = Literal["embedded", "production", "test"]

VARIABLES = {
    "DATABASE_URL": "应用账号（zt_app）连接业务数据库的地址；不设则用内置数据库",
    "ADMIN_DATABASE_URL": "升级数据库结构时所用的管理账号地址",
    "BROKER_URL": "消息队列地址（amqp://… 或 pgmq://…）；不设则用内置数据库",
    "SECRET_KEY": "会话签名密钥，正式环境必须设置，不少于 32 个字符",
    "ZHITONGCHE_HOME": "数据目录，默认为当前目录下的 .zhitongche",
    "ZHITONGCHE_TENANTS": "租户配置包所在目录，可有多个，以冒号分隔",
    "ZHITONGCHE_SERVED": "本部署承载的租户代码，以逗号分隔；不设则承载配置包目录中的全部租户",
    "ZHITONGCHE_DEPLOYMENT": "本部署的代码，默认 local；几套部署互报时各不相同",
    "ZHITONGCHE_BASE_DOMAIN": "域名后缀，默认 localhost：门户地址为 <租户>.<后缀>",
    "ZHITONGCHE_PORT": "网站端口，默认 8000",
    "ZHITONGCHE_SMS": "短信通道名，默认 console（写到终端）",
    "ZHITONGCHE_ENVIRONMENT": "embedded（单机）、production（正式）或 test（测试）",
    "ZHITONGCHE_PG_BINDIR": "内置数据库所用 PostgreSQL 程序的目录",
    "ZHITONGCHE_WEB_THREADS": "每个网站进程的线程数，默认 8",
    "ZHITONGCHE_PROXIES": "网站前面可信反向代理的层数，默认 0",
}
MINIMUM_SECRET = 32
_CODE = re.compile(r"[a-z][a-z0-9-]{1,30}")


def bundled(name: str) -> Path:
    """A folder that comes with the program (`migrations`, `tenants`): in the wheel, or else in the checkout."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "_bundled" / name
    return inside if inside.is_dir() else package.parent.parent / name


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting of an installation; addresses are None where the embedded server stands in."""

    database_url: str | None = None
    admin_database_url: str | None = None
    broker_url: str | None = None
    secret_key: str = field(default="", repr=False)
    data_dir: Path = Path(".zhitongche")
    tenants_dirs: tuple[Path, ...] = field(default_factory=lambda: (bundled("tenants"),))
    served: frozenset[str] | None = None
    deployment: str = "local"
    base_domain: str = "localhost"
    port: int = 8000
    sms: str = "console"
    environment: Environment = "embedded"
    pg_bindir: Path | None = None
    web_threads: int = 8
    proxies: int = 0

    @property
    def production(self) -> bool:
        """Whether real people's data are at stake: cookies for https only, no demonstration."""
        return self.environment == "production"

    def portal(self, host: str) -> str:
        """The address of a host of ours as a browser of this installation reaches it."""
        return f"https://{host}" if self.production else f"http://{host}:{self.port}"

    @classmethod
    def from_env(cls, env: Mapping[str, str] | None = None) -> Self:
        """Read the environment; raises Invalid (all complaints at once, each with its remedy)."""
        source = os.environ if env is None else env
        return cls(**_Reader(source).read())


class _Reader:
    """Collects complaints, so that an operator mends them in one go."""

    def __init__(self, env: Mapping[str, str]) -> None:
        self._env = env
        self._errors: dict[str, str] = {}

    def read(self) -> dict[str, Any]:
        self._refuse_unknown()
        environment = self._environment()
        data_dir = Path(self._env.get("ZHITONGCHE_HOME") or ".zhitongche").absolute()
        values: dict[str, Any] = {
            "database_url": self._env.get("DATABASE_URL") or None,
            "admin_database_url": self._env.get("ADMIN_DATABASE_URL") or None,
            "broker_url": self._env.get("BROKER_URL") or None,
            "data_dir": data_dir,
            "tenants_dirs": self._tenants(),
            "served": self._served(),
            "deployment": self._deployment(),
            "base_domain": self._env.get("ZHITONGCHE_BASE_DOMAIN") or "localhost",
            "port": self._number("ZHITONGCHE_PORT", 8000, 1, 65535),
            "sms": self._env.get("ZHITONGCHE_SMS") or "console",
            "environment": environment,
            "pg_bindir": self._folder("ZHITONGCHE_PG_BINDIR"),
            "web_threads": self._number("ZHITONGCHE_WEB_THREADS", 8, 1, 64),
            "proxies": self._number("ZHITONGCHE_PROXIES", 0, 0, 5),
        }
        self._require_servers(environment)
        if self._errors:
            raise Invalid(self._errors, "运行配置有误：\n" + "\n".join(f"  {k}：{v}" for k, v in self._errors.items()))
        return values | {"secret_key": self._env.get("SECRET_KEY") or kept_secret(data_dir / "secret.key")}

    def _refuse_unknown(self) -> None:
        for name in self._env:
            if name.startswith("ZHITONGCHE_") and name not in VARIABLES:
                known = "、".join(v for v in VARIABLES if v.startswith("ZHITONGCHE_"))
                self._errors[name] = f"不认识的环境变量，请删去或改正；可用的有：{known}"

    def _environment(self) -> Environment:
        # A server of one's own is not stood up for play: what is not said is taken strictly.
        default = "production" if self._env.get("DATABASE_URL") else "embedded"
        name = self._env.get("ZHITONGCHE_ENVIRONMENT") or default
        if name not in get_args(Environment):
            self._errors["ZHITONGCHE_ENVIRONMENT"] = f"只能是 {'、'.join(get_args(Environment))}"
        return cast(Environment, name)

    def _require_servers(self, environment: Environment) -> None:
        if environment == "embedded" and self._env.get("DATABASE_URL") and not self._env.get("BROKER_URL"):
            self._errors["BROKER_URL"] = f"使用自己的数据库时必须设置：{VARIABLES['BROKER_URL']}"
        if environment != "production":
            return
        for name in ("DATABASE_URL", "BROKER_URL", "SECRET_KEY"):
            if not self._env.get(name):
                self._errors[name] = f"正式环境必须设置：{VARIABLES[name]}"
        secret = self._env.get("SECRET_KEY") or ""
        if secret and len(secret) < MINIMUM_SECRET:
            self._errors["SECRET_KEY"] = f"太短：至少 {MINIMUM_SECRET} 个字符，可用 openssl rand -hex 32 生成"

    def _tenants(self) -> tuple[Path, ...]:
        text = self._env.get("ZHITONGCHE_TENANTS")
        if not text:
            return (bundled("tenants"),)
        folders = tuple(Path(part).absolute() for part in text.split(os.pathsep) if part)
        for folder in folders:
            if not folder.is_dir():
                self._errors["ZHITONGCHE_TENANTS"] = f"目录不存在：{folder}"
        return folders

    def _served(self) -> frozenset[str] | None:
        codes = frozenset(code.strip() for code in (self._env.get("ZHITONGCHE_SERVED") or "").split(",") if code.strip())
        return codes or None

    def _deployment(self) -> str:
        code = self._env.get("ZHITONGCHE_DEPLOYMENT") or "local"
        if not _CODE.fullmatch(code):
            self._errors["ZHITONGCHE_DEPLOYMENT"] = f"应为 2 到 31 个小写字母、数字和连字符，以字母开头，现为“{code}”"
        return code

    def _folder(self, name: str) -> Path | None:
        text = self._env.get(name)
        if text and not Path(text).is_dir():
            self._errors[name] = f"目录不存在：{text}"
        return Path(text).absolute() if text else None

    def _number(self, name: str, default: int, lowest: int, highest: int) -> int:
        text = self._env.get(name) or str(default)
        # isascii: int() would also read full-width digits, which other programs do not.
        if text.isascii() and text.isdigit() and lowest <= int(text) <= highest:
            return int(text)
        self._errors[name] = f"应为 {lowest} 到 {highest} 之间的整数，现为“{text}”"
        return default
