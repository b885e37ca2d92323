"""Everything that differs from one server to the next, read once from `LMS_…`, frozen."""

import os
import secrets
from contextlib import suppress
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Final, Literal

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

_PACKAGE: Final = Path(__file__).resolve().parent
_BUNDLED: Final = _PACKAGE / "bundled"
SITE: Final = _BUNDLED if _BUNDLED.is_dir() else _PACKAGE.parent
"""Where courses/, translations/ and static/ stand: beside the package, or inside the wheel."""


class SettingsWrong(SystemExit):
    """A setting that cannot be used stops the start and names itself."""


class Settings(BaseSettings):
    """One server's settings. Each field is the variable `LMS_` + its name in capitals."""

    model_config = SettingsConfigDict(
        env_prefix="LMS_", env_file=".env", frozen=True, extra="ignore"
    )

    instance_dir: Path = Field(
        default_factory=lambda: Path.cwd() / "instance" if SITE == _BUNDLED else SITE / "instance"
    )
    courses_dir: Path = SITE / "courses"
    static_dir: Path = SITE / "static"
    translations_dir: Path = SITE / "translations"
    database_url: str = ""
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=1, le=65535)
    public_url: str = ""
    workers: int = Field(default=2, ge=1, le=64)
    threads: int = Field(default=4, ge=1, le=64)
    demo: bool = True
    demo_learners: int = Field(default=60, ge=10, le=200_000)
    site_name: str = "Relais"
    read_aloud: bool = True
    session_idle_minutes: int = Field(default=60, ge=1)
    session_hours: int = Field(default=12, ge=1)
    proxies: int = Field(default=0, ge=0, le=5)
    trusted_hosts: str = ""
    operator_values: dict[str, str] = Field(default_factory=dict)
    plan_from: str = "2022-01-01"
    plan_to: str = "2029-12-31"
    secure_cookies: bool = False
    mail_server: str = ""
    mail_port: int = Field(default=587, ge=1, le=65535)
    mail_security: Literal["starttls", "tls", "none"] = "starttls"
    mail_user: str = ""
    mail_password: SecretStr = SecretStr("")
    mail_from: str = ""
    timers: bool = True
    two_step: Literal["offered", "required"] = "offered"
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: SecretStr = SecretStr("")
    oidc_name: str = "OpenID"
    oidc_staff_claim: str = "staff_number"
    oidc_operator: str = ""

    keep_sessions_days: int = Field(default=1, ge=0, le=365)
    keep_tries_days: int = Field(default=1, ge=1, le=90)
    keep_drafts_days: int = Field(default=7, ge=1, le=30)
    keep_outbox_days: int = Field(default=30, ge=1, le=365)
    keep_imports_days: int = Field(default=90, ge=1, le=90)
    keep_requests_days: int = Field(default=365, ge=30, le=3650)

    @model_validator(mode="after")
    def _whole(self) -> "Settings":
        """What is begun must be complete: a link in a message needs the site's own address."""
        if self.mail_server and not (self.public_url and self.mail_from):
            raise ValueError("LMS_MAIL_SERVER needs LMS_PUBLIC_URL and LMS_MAIL_FROM beside it")
        if self.oidc_issuer and not (self.oidc_client_id and self.public_url):
            raise ValueError("LMS_OIDC_ISSUER needs LMS_OIDC_CLIENT_ID and LMS_PUBLIC_URL")
        self._refuse_what_is_not_installed()
        return self

    def _refuse_what_is_not_installed(self) -> None:
        for name, wanted, module, packages in (
            ("LMS_DATABASE_URL", not self.uses_sqlite, "psycopg", '"psycopg[binary]"'),
            ("LMS_OIDC_ISSUER", self.oidc_issuer, "authlib", "authlib joserfc requests"),
        ):
            if wanted and find_spec(module) is None:
                raise ValueError(f"{name} needs {module}: .venv/bin/pip install {packages}")

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, url: str) -> str:
        if url and not url.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg://")):
            raise ValueError("write postgresql://user@host/name, or leave it empty for SQLite")
        return url

    @field_validator("courses_dir", "static_dir", "translations_dir")
    @classmethod
    def _is_there(cls, folder: Path) -> Path:
        if not folder.is_dir():
            raise ValueError(f"there is no folder {folder}")
        return folder

    @field_validator("instance_dir")
    @classmethod
    def _may_be_written(cls, folder: Path) -> Path:
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as problem:
            raise ValueError(f"{folder} cannot be made: {problem.strerror}") from None
        if not os.access(folder, os.W_OK):
            raise ValueError(f"{folder} may not be written by this account")
        return folder

    @property
    def uses_sqlite(self) -> bool:
        """Whether the record stands in a file of its own."""
        return not self.database_url or self.database_url.startswith("sqlite")

    @property
    def record_url(self) -> str:
        """Address of the record."""
        return self.database_url or f"sqlite:///{self.instance_dir.resolve() / 'record.db'}"

    @property
    def work_url(self) -> str:
        """Address of what may be lost: a second file, or a second schema of the same database."""
        if self.uses_sqlite:
            return f"sqlite:///{self.instance_dir.resolve() / 'work.db'}"
        return self.database_url

    @cached_property
    def secret_key(self) -> str:
        """The key that signs forms and sessions: made at the first start, readable by us alone."""
        path = self.instance_dir / "secret.key"
        if not path.exists() or not path.read_text().strip():
            _make_key(path)
        return path.read_text().strip()


def _make_key(path: Path) -> None:
    """Writes a key that is whole or not there, whenever the power fails; of two processes that
    start at once the first one's stays."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if path.exists():
        path.unlink()  # emptied by a power cut: nothing was ever signed with it
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(secrets.token_hex(32))
        file.flush()
        os.fsync(file.fileno())
    with suppress(FileExistsError):
        os.link(fresh, path)
    fresh.unlink()


def read_settings(**given: object) -> Settings:
    """The settings of this process, or a stop that names each wrong one."""
    try:
        return Settings(**given)  # type: ignore[arg-type]
    except ValidationError as problem:
        lines = [
            ": ".join([*(f"LMS_{name}".upper() for name in e["loc"][:1]), _said(e["msg"])])
            for e in problem.errors()
        ]
        raise SettingsWrong(
            "Relais cannot start. Correct these settings:\n" + "\n".join(lines)
        ) from None


def _said(message: str) -> str:
    return message.removeprefix("Value error, ")
