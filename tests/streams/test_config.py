from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from streams.config import Settings, SettingsRefused, load_settings

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"PAYMENT_FILTER_{name.upper()}", raising=False)


def _refused(file: Path | None = None, required: tuple[str, ...] = ()) -> list[str]:
    with pytest.raises(SettingsRefused) as refused:
        load_settings(file, required=required)
    return str(refused.value).splitlines()


def test_defaults_need_nothing() -> None:
    settings = load_settings()
    assert settings.http_port == 0
    assert settings.slot == "0"
    assert settings.full_group == "payment-filter"
    assert settings.kafka_options() == {"bootstrap.servers": "", "security.protocol": "PLAINTEXT"}


def test_the_environment_wins_over_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('kafka_bootstrap = "kafka:9092"\nslot = "a"\ntopic_prefix = "bank."\n', encoding="utf-8")
    monkeypatch.setenv("PAYMENT_FILTER_SLOT", "b")
    settings = load_settings(file, required=("kafka_bootstrap",))
    assert (settings.kafka_bootstrap, settings.slot) == ("kafka:9092", "b")
    assert settings.full_group == "bank.payment-filter"


def test_every_problem_is_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAYMENT_FILTER_SLOT", "a b")
    monkeypatch.setenv("PAYMENT_FILTER_KAFKA_BOOTSTRAP", "kafka:9092,nowhere")
    monkeypatch.setenv("PAYMENT_FILTER_HTTP_PORT", "99999")
    problems = _refused()
    assert len(problems) == 3
    assert "PAYMENT_FILTER_KAFKA_BOOTSTRAP: 'nowhere' is not host:port" in problems[0]
    assert any("PAYMENT_FILTER_SLOT" in problem for problem in problems)
    assert any("PAYMENT_FILTER_HTTP_PORT" in problem for problem in problems)


def test_what_is_required_and_absent_is_named() -> None:
    assert _refused(required=("kafka_bootstrap", "lists")) == [
        "PAYMENT_FILTER_KAFKA_BOOTSTRAP is not set",
        "PAYMENT_FILTER_LISTS is not set",
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"slot = ", "is not TOML"),
        (b"\xff\xfe", "is not TOML"),
        (b"sloth = 1\n", "sloth is not a setting"),
        (b'kafka_sasl_password = "x"\n', "kafka_sasl_password does not belong in"),
    ],
)
def test_a_bad_settings_file_is_one_sentence(tmp_path: Path, content: bytes, said: str) -> None:
    file = tmp_path / "settings.toml"
    file.write_bytes(content)
    [problem] = _refused(file)
    assert said in problem
    assert "'x'" not in problem


def test_a_settings_file_that_is_not_there(tmp_path: Path) -> None:
    [problem] = _refused(tmp_path / "absent.toml")
    assert "cannot be read" in problem


def test_a_login_must_be_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAYMENT_FILTER_KAFKA_SECURITY_PROTOCOL", "SASL_SSL")
    [problem] = _refused()
    assert "SASL_SSL needs" in problem


def test_security_options_reach_the_client(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    secret = tmp_path / "password"
    secret.write_text("from a file\n", encoding="utf-8")
    for name, value in {
        "KAFKA_SECURITY_PROTOCOL": "SASL_SSL",
        "KAFKA_SASL_MECHANISM": "SCRAM-SHA-512",
        "KAFKA_SASL_USERNAME": "filter",
        "KAFKA_SASL_PASSWORD_FILE": str(secret),
        "KAFKA_SSL_CA_LOCATION": "/etc/ca.pem",
        "KAFKA_SSL_KEY_PASSWORD": "key secret",
    }.items():
        monkeypatch.setenv(f"PAYMENT_FILTER_{name}", value)
    options = load_settings().kafka_options()
    assert options["sasl.password"] == "from a file"
    assert options["ssl.ca.location"] == "/etc/ca.pem"
    assert options["ssl.key.password"] == "key secret"
    assert "secret" not in repr(load_settings())


def test_the_password_itself_wins_over_its_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAYMENT_FILTER_KAFKA_SASL_PASSWORD", "direct")
    monkeypatch.setenv("PAYMENT_FILTER_KAFKA_SASL_PASSWORD_FILE", "/absent")
    assert load_settings().password() == "direct"


def test_a_password_file_that_is_not_there_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAYMENT_FILTER_KAFKA_SASL_PASSWORD_FILE", "/absent/password")
    [problem] = _refused()
    assert "KAFKA_SASL_PASSWORD_FILE cannot be read" in problem


def test_secrets_are_not_shown_in_problems(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAYMENT_FILTER_KAFKA_SASL_PASSWORD", "hidden")
    monkeypatch.setenv("PAYMENT_FILTER_SLOT", "a b")
    assert "hidden" not in "\n".join(_refused())
