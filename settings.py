"""What an operator may set, and the value that holds when nothing is set."""

from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent
DEVELOPMENT_SECRET = "development-only-secret-never-in-production"  # noqa: S105  (refused outside development)


class Environment(StrEnum):
    """Where the service runs."""

    DEVELOPMENT = "development"
    PRODUCTION = "production"


KEY_BYTES = 32


class Settings(BaseSettings):
    """Every setting, read from the environment as ``TROPHEES_<NAME>``."""

    model_config = SettingsConfigDict(env_prefix="TROPHEES_", env_file=None)

    environment: Environment = Environment.DEVELOPMENT
    secret_key: SecretStr = SecretStr(DEVELOPMENT_SECRET)
    log_level: str = "INFO"
    state_dir: Path = ROOT / "var" / "state"

    base_url: str = "http://localhost:8000"
    web_host: str = "127.0.0.1"
    web_port: int = 8000
    api_token: SecretStr | None = Field(
        default=None, description="A first API token with every right; for development."
    )

    database_url: str = "postgresql+asyncpg://postgres@localhost/trophees"
    database_connections: int = 10

    temporal_address: str = "127.0.0.1:7233"
    temporal_namespace: str = "default"
    temporal_port: int = 7233
    temporal_ui_port: int = 8233
    temporal_payload_keys: SecretStr = Field(
        default=SecretStr(""),
        description="Keys that encrypt what travels through Temporal, the first of them for what is new:"
        " name:64 hexadecimal digits, separated by commas.",
    )
    temporal_skips_time: bool = Field(
        default=False, description="Whether the embedded Temporal may move workflows forward."
    )

    smtp_host: str = "127.0.0.1"
    smtp_port: int = 2525
    smtp_username: str | None = None
    smtp_password: SecretStr | None = None
    smtp_starttls: bool = False
    smtp_tls: bool = False
    mail_sender: str = "Trophées de l’insertion <ne-pas-repondre@trophees.example>"
    mail_contact: str = "equipe@trophees.example"
    mailbox_port: int = 8025
    mailings_per_minute: int = Field(
        default=0,
        ge=0,
        description="Letters of mailings that a worker sends in a minute; 0: no limit.",
    )
    mailings_per_minute_to_domain: int = Field(
        default=0, ge=0, description="The same, to the addresses of one domain."
    )
    results_released_alone: bool = Field(
        default=False,
        description="Whether who signed the minutes may send the results too, where nobody else organises.",
    )

    registry_url: str = "https://recherche-entreprises.api.gouv.fr"
    registry_port: int = 8030

    uploads_dir: Path | None = None

    @property
    def uploads(self) -> Path:
        """The folder of attachments, outside the web root."""
        return self.uploads_dir or self.state_dir / "uploads"

    @property
    def is_development(self) -> bool:
        """Whether this is a newcomer's machine rather than a public service."""
        return self.environment is Environment.DEVELOPMENT

    @model_validator(mode="after")
    def _refuse_a_known_secret(self) -> "Settings":
        secret = self.secret_key.get_secret_value()
        if not self.is_development and (secret == DEVELOPMENT_SECRET or len(secret) < 32):  # noqa: PLR2004  (bytes of entropy that an HMAC key wants)
            message = "TROPHEES_SECRET_KEY must be a secret of your own, of 32 characters or more."
            raise ValueError(message)
        return self

    @model_validator(mode="after")
    def _refuse_keys_that_are_none(self) -> "Settings":
        for each in self.payload_keys.values():
            if len(each) != KEY_BYTES:
                message = "TROPHEES_TEMPORAL_PAYLOAD_KEYS wants keys of 64 hexadecimal digits."
                raise ValueError(message)
        return self

    @property
    def payload_keys(self) -> dict[str, bytes]:
        """The keys by their names, the one for what is new first; none when nothing is encrypted."""
        written = self.temporal_payload_keys.get_secret_value()
        pairs = (each.strip().partition(":") for each in written.split(",") if each.strip())
        return {name: bytes.fromhex(key) for name, _, key in pairs}


@lru_cache
def settings() -> Settings:
    """The settings of this process, read once."""
    return Settings()
