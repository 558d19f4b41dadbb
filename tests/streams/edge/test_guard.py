"""The metrics endpoint over TLS and behind a token, asked by a real client."""

from __future__ import annotations

import socket
import ssl
import urllib.error
import urllib.request
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from streams.config import Settings, SettingsRefused, load_settings
from streams.edge.errors import WorkerRefused
from streams.edge.health import Guard, HealthServer
from streams.metrics import Metrics
from tests.secured import Authority

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.requirement("SEC-02", "SEC-03")
PATHS = ("/", "/metrics", "/livez", "/readyz")


@contextmanager
def _server(guard: Guard) -> Iterator[int]:
    server = HealthServer("127.0.0.1", 0, Metrics(), list, list, page=lambda _: b"page", guard=guard)
    try:
        yield server.port
    finally:
        server.close()


def _status(url: str, token: str | None = None, trust: Path | None = None) -> int:
    headers = {} if token is None else {"Authorization": f"Bearer {token}"}
    context = None if trust is None else ssl.create_default_context(cafile=str(trust))
    request = urllib.request.Request(url, headers=headers)  # noqa: S310 - an address of this test
    try:
        with urllib.request.urlopen(request, timeout=5, context=context) as answer:  # noqa: S310 - same
            return int(answer.status)
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code


def test_a_token_guards_all_but_what_the_supervisor_asks() -> None:
    with _server(Guard(token="right")) as port:  # noqa: S106 - a test's own
        at = f"http://127.0.0.1:{port}"
        assert [_status(at + path) for path in PATHS] == [401, 401, 200, 200]
        assert [_status(at + path, "wrong") for path in PATHS] == [401, 401, 200, 200]
        assert [_status(at + path, "right") for path in PATHS] == [200, 200, 200, 200]


def test_with_a_certificate_it_speaks_tls_only(tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    made = authority.issue("worker")
    with _server(Guard(made.chain, made.key)) as port:
        assert _status(f"https://localhost:{port}/metrics", trust=authority.path) == 200
        with pytest.raises(OSError, match=r"."):
            _status(f"http://localhost:{port}/metrics")
        with pytest.raises(urllib.error.URLError, match="CERTIFICATE_VERIFY_FAILED"):
            _status(f"https://localhost:{port}/metrics", trust=Authority(tmp_path / "other").path)


def test_a_caller_who_says_nothing_holds_nobody_up(tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    made = authority.issue("worker")
    with _server(Guard(made.chain, made.key)) as port, socket.create_connection(("127.0.0.1", port)):
        assert _status(f"https://localhost:{port}/livez", trust=authority.path) == 200


def test_a_certificate_that_cannot_be_used_is_one_sentence_and_frees_the_port(tmp_path: Path) -> None:
    with pytest.raises(WorkerRefused, match="HTTP_TLS_CERTIFICATE"), _server(Guard(tmp_path / "no", tmp_path / "no")):
        pass


def test_it_listens_on_loopback_unless_told() -> None:
    assert Settings().http_host == "127.0.0.1"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"KAFKA_SECURITY_PROTOCOL": "PLAINTEXT"}, "needs TLS to Kafka"),
        ({"HTTP_PORT": "8080", "HTTP_HOST": "192.0.2.1"}, "HTTP_TLS_CERTIFICATE"),
        ({"HTTP_TLS_KEY": "/key"}, "go together"),
        ({"KAFKA_SSL_KEY_LOCATION": "/key"}, "go together"),
        ({"HTTP_TOKEN_FILE": "/absent", "HTTP_PORT": "8080", "HTTP_HOST": "::"}, "HTTP_TLS_CERTIFICATE"),
    ],
)
def test_production_refuses_what_is_fit_for_a_try_out_only(
    given: dict[str, str], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in ({"PROFILE": "production", "KAFKA_SECURITY_PROTOCOL": "SSL"} | given).items():
        monkeypatch.setenv(f"PAYMENT_FILTER_{name}", value)
    with pytest.raises(SettingsRefused, match=said):
        load_settings()


def test_production_takes_what_is_closed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "token").write_text("t\n")
    for name, value in {
        "PROFILE": "production",
        "KAFKA_SECURITY_PROTOCOL": "SSL",
        "HTTP_PORT": "8080",
        "HTTP_HOST": "0.0.0.0",  # noqa: S104 - what a container listens on
        "HTTP_TLS_CERTIFICATE": "/c",
        "HTTP_TLS_KEY": "/k",
        "HTTP_TOKEN_FILE": str(tmp_path / "token"),
    }.items():
        monkeypatch.setenv(f"PAYMENT_FILTER_{name}", value)
    assert load_settings().token() == "t"
