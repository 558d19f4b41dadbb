"""Settings of a worker: environment variables PAYMENT_FILTER_*, or a TOML file; the environment wins.

All problems are named at once. Secrets come from the environment or from files, never from the TOML file.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

PREFIX = "PAYMENT_FILTER_"
FROM_KAFKA = "kafka:"
_ADDRESS = re.compile(r"^(\[[0-9A-Fa-f:]+\]|[A-Za-z0-9._-]+):\d{1,5}$")
_SECRETS = ("kafka_sasl_password", "kafka_ssl_key_password", "http_token")
_LOOPBACK = ("127.0.0.1", "localhost", "::1")

Port = Annotated[int, Field(ge=0, le=65535)]
Name = Annotated[str, Field(pattern=r"^[A-Za-z0-9._-]+$", max_length=100)]


class SettingsRefused(Exception):  # noqa: N818 - read as `raise SettingsRefused(...)`
    """The settings are wrong: one line for each problem, each with the variable's name."""


class Settings(BaseSettings):
    """What a worker needs to know. The name of a variable is PAYMENT_FILTER_ and the field's name in capitals."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="forbid", frozen=True, env_ignore_empty=True)

    kafka_bootstrap: str = ""
    """Addresses of Kafka, host:port, separated by commas."""
    lists: Path | None = None
    """An edition store, a folder of published list files, or `kafka:` for the edition announced on the topics."""
    policy: Path | None = None
    """The policy file."""
    slot: Name = "0"
    """The stable name of this worker: a restarted worker keeps it, no two that run share it."""
    topic_prefix: Annotated[str, Field(pattern=r"^[A-Za-z0-9._-]*$", max_length=100)] = ""
    """Put before every topic and group name."""
    group: Name = "payment-filter"
    """Consumer group and, with the slot, transactional id."""
    http_port: Port = 0
    """Metrics and health; 0 = off."""
    http_host: str = "127.0.0.1"
    """Where the metrics and health endpoint listens."""
    http_tls_certificate: Path | None = None
    """Certificate chain (PEM) of the metrics and health endpoint; set, it speaks TLS only."""
    http_tls_key: Path | None = None
    """The key of that certificate (PEM)."""
    http_token: SecretStr | None = None
    """Where set, the page and /metrics want `Authorization: Bearer` and this token; /livez and /readyz never do."""
    http_token_file: Path | None = None
    """A file with that token."""
    profile: Literal["development", "production"] = "development"
    """production refuses whatever is fit for a try-out only: Kafka without TLS, an open metrics endpoint (SEC-03)."""
    seal_keys: Path | None = None
    """Keys that seal the personal fields of decision records and alerts; see `payment-filter audit --help`."""
    runbook_url: Annotated[str, Field(pattern=r"^(https?://\S+)?$", max_length=500)] = ""
    """Where your copy of deploy/RUNBOOK.md is read; the worker's page links to it."""
    traces_endpoint: Annotated[str, Field(pattern=r"^(https?://\S+)?$", max_length=500)] = ""
    """Where OpenTelemetry spans go, OTLP over HTTP (http://collector:4318/v1/traces); needs the extra `otel`."""
    log_level: Literal["debug", "info", "warning", "error"] = "info"

    partitions: Annotated[int, Field(ge=1, le=10_000)] = 6
    """Partitions of each topic that `payment-filter topics create` makes."""
    replication: Annotated[int, Field(ge=-1, le=10)] = -1
    """Copies of each partition; -1 = the broker's default."""

    batch_messages: Annotated[int, Field(ge=1, le=10_000)] = 256
    """How many messages one transaction takes at most."""
    batch_wait_ms: Annotated[int, Field(ge=0, le=1_000)] = 5
    """How long a batch waits for more after its first message."""
    linger_ms: Annotated[int, Field(ge=0, le=1_000)] = 1
    """How long the producer waits to fill a request."""
    transaction_timeout_ms: Annotated[int, Field(ge=1_000, le=900_000)] = 10_000
    """When the broker gives up on an open transaction; bounds how long a paused worker stalls readers."""
    session_timeout_ms: Annotated[int, Field(ge=1_000, le=300_000)] = 6_000
    """When the group gives up on a silent worker."""
    index_cache: Path | None = None
    """Where the workers of one machine share the index of an edition; by default a folder of the user's in /tmp."""
    lists_poll_seconds: Annotated[float, Field(gt=0, le=3_600)] = 10.0
    """How often a worker looks for a new edition, and whether its own is still fresh."""

    kafka_security_protocol: Literal["PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"] = "PLAINTEXT"
    kafka_sasl_mechanism: Literal["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"] | None = None
    kafka_sasl_username: str | None = None
    kafka_sasl_password: SecretStr | None = None
    kafka_sasl_password_file: Path | None = None
    kafka_ssl_ca_location: Path | None = None
    kafka_ssl_certificate_location: Path | None = None
    kafka_ssl_key_location: Path | None = None
    kafka_ssl_key_password: SecretStr | None = None

    @field_validator("kafka_bootstrap")
    @classmethod
    def _addresses(cls, value: str) -> str:
        wrong = [part for part in value.split(",") if value and not _ADDRESS.match(part.strip())]
        if wrong:
            raise ValueError(f"{wrong[0]!r} is not host:port")
        return value

    @model_validator(mode="after")
    def _whole_login(self) -> Settings:
        login = (self.kafka_sasl_mechanism, self.kafka_sasl_username, self.password())
        if self.kafka_security_protocol.startswith("SASL") and None in login:
            raise ValueError(
                f"{self.kafka_security_protocol} needs {PREFIX}KAFKA_SASL_MECHANISM, _SASL_USERNAME and "
                "_SASL_PASSWORD (or _SASL_PASSWORD_FILE)"
            )
        if (self.kafka_ssl_certificate_location is None) != (self.kafka_ssl_key_location is None):
            raise ValueError(f"{PREFIX}KAFKA_SSL_CERTIFICATE_LOCATION and _SSL_KEY_LOCATION go together: set both")
        return self

    @model_validator(mode="after")
    def _whole_endpoint(self) -> Settings:
        if (self.http_tls_certificate is None) != (self.http_tls_key is None):
            raise ValueError(f"{PREFIX}HTTP_TLS_CERTIFICATE and {PREFIX}HTTP_TLS_KEY go together: set both")
        return self

    @model_validator(mode="after")
    def _fit_for_production(self) -> Settings:
        if self.profile != "production":
            return self
        if not self.kafka_security_protocol.endswith("SSL"):
            raise ValueError(
                f"{PREFIX}PROFILE=production needs TLS to Kafka, and {PREFIX}KAFKA_SECURITY_PROTOCOL is "
                f"{self.kafka_security_protocol}: set it to SASL_SSL or SSL"
            )
        open_to_others = self.http_port != 0 and self.http_host not in _LOOPBACK
        if open_to_others and (self.http_tls_certificate is None or self.token() is None):
            raise ValueError(
                f"{PREFIX}PROFILE=production and {PREFIX}HTTP_HOST={self.http_host} need {PREFIX}HTTP_TLS_CERTIFICATE, "
                "_HTTP_TLS_KEY and _HTTP_TOKEN (or _HTTP_TOKEN_FILE)"
            )
        return self

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment wins over what the TOML file says (given as arguments). No .env file, no secrets folder."""
        del settings_cls, dotenv_settings, file_secret_settings
        return env_settings, init_settings

    def password(self) -> str | None:
        """The SASL password, from its variable or its file; None where neither is set."""
        return _secret(self.kafka_sasl_password, self.kafka_sasl_password_file, "KAFKA_SASL_PASSWORD_FILE")

    def token(self) -> str | None:
        """The token of the metrics endpoint, from its variable or its file; None where neither is set."""
        return _secret(self.http_token, self.http_token_file, "HTTP_TOKEN_FILE")

    @property
    def full_group(self) -> str:
        """The consumer group on the broker."""
        return self.topic_prefix + self.group

    @property
    def lists_from_kafka(self) -> bool:
        """Whether the edition comes from the topics."""
        return str(self.lists) == FROM_KAFKA

    def kafka_options(self) -> dict[str, str | int | float | bool]:
        """Address and login, as every librdkafka client takes them."""
        named = {
            "bootstrap.servers": self.kafka_bootstrap,
            "security.protocol": self.kafka_security_protocol,
            "sasl.mechanism": self.kafka_sasl_mechanism,
            "sasl.username": self.kafka_sasl_username,
            "sasl.password": self.password(),
            "ssl.ca.location": self.kafka_ssl_ca_location,
            "ssl.certificate.location": self.kafka_ssl_certificate_location,
            "ssl.key.location": self.kafka_ssl_key_location,
            "ssl.key.password": self.kafka_ssl_key_password and self.kafka_ssl_key_password.get_secret_value(),
        }
        return {name: str(value) for name, value in named.items() if value is not None}


def load_settings(file: Path | None = None, *, required: tuple[str, ...] = ()) -> Settings:
    """Settings from the environment and, where given, a TOML file. `required` names fields that must be set.

    Raises SettingsRefused, one line for each problem.
    """
    given = _from_file(file) if file is not None else {}
    try:
        settings = Settings(**given)
    except ValidationError as error:
        raise SettingsRefused("\n".join(_sentence(problem) for problem in error.errors())) from None
    absent = [name for name in required if not getattr(settings, name)]
    if absent:
        raise SettingsRefused("\n".join(f"{PREFIX}{name.upper()} is not set" for name in absent))
    return settings


def _secret(value: SecretStr | None, file: Path | None, variable: str) -> str | None:
    if value is not None:
        return value.get_secret_value()
    if file is None:
        return None
    try:
        return file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "it is not text"
        raise ValueError(f"{PREFIX}{variable} cannot be read: {why}") from error


def _from_file(file: Path) -> dict[str, Any]:
    try:
        given = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsRefused(f"the settings file {file} cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsRefused(f"the settings file {file} is not TOML: {error}") from error
    secret = [name for name in _SECRETS if name in given]
    if secret:
        raise SettingsRefused(
            "\n".join(f"{name} does not belong in {file}: set {PREFIX}{name.upper()}" for name in secret)
        )
    return given


def _sentence(problem: Any) -> str:
    name = ".".join(str(part) for part in problem["loc"])
    if problem["type"] == "extra_forbidden":
        return f"{name} is not a setting"
    text = problem["msg"].removeprefix("Value error, ")
    shown = "" if name in _SECRETS or not name else f" (it is {str(problem['input'])[:60]!r})"
    return f"{PREFIX}{name.upper()}: {text}{shown}" if name else text
