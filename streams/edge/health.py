"""Metrics and health over HTTP: /metrics, /livez, /readyz, and for people a page at /.

A few threads of the standard library, nothing else.
"""

from __future__ import annotations

import hmac
import json
import ssl
import threading
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from streams.config import PREFIX
from streams.edge.errors import WorkerRefused

if TYPE_CHECKING:
    from collections.abc import Callable

    from streams.metrics import Metrics

    Problems = Callable[[], list[str]]
    Page = Callable[[str], bytes]

REQUEST_SECONDS = 5.0
OPEN_PATHS = ("/livez", "/readyz")
HTML = "text/html; charset=utf-8"
# For every answer: nothing is fetched, framed, guessed or kept. The page brings its one style sheet in itself.
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


@dataclass(frozen=True, slots=True)
class Guard:
    """TLS, where there is a certificate; a token, where one is set: /livez and /readyz stay open to the supervisor."""

    certificate: Path | None = None
    key: Path | None = None
    token: str | None = None

    def protect(self, server: ThreadingHTTPServer) -> None:
        """Speak TLS. The handshake is left to the thread of each request: a silent caller must not hold up the others.

        Raises WorkerRefused, one sentence, for files that cannot be used.
        """
        if self.certificate is None:
            return
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        try:
            context.load_cert_chain(self.certificate, self.key, lambda: "")
        except (OSError, ssl.SSLError) as error:
            raise WorkerRefused(
                f"the certificate of the metrics address cannot be used ({error.strerror or error}): correct "
                f"{PREFIX}HTTP_TLS_CERTIFICATE and {PREFIX}HTTP_TLS_KEY"
            ) from None
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)

    def lets_in(self, path: str, authorization: str | None) -> bool:
        """Whether this caller may see this path."""
        if self.token is None or path in OPEN_PATHS:
            return True
        return hmac.compare_digest((authorization or "").encode(), f"Bearer {self.token}".encode())


class _QuietServer(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A caller that breaks off or fails the handshake is not worth a traceback in the log."""


class HealthServer:
    """Answers until `close`. `not_live` and `not_ready` give the reasons; an empty list is a good answer.

    `page` gives the page for people; it is told the query (what stands behind the question mark).
    """

    def __init__(  # noqa: PLR0913 - where to listen, and one function for each thing it answers
        self,
        host: str,
        port: int,
        metrics: Metrics,
        not_live: Problems,
        not_ready: Problems,
        *,
        page: Page,
        guard: Guard = Guard(),
    ) -> None:
        """Listen at once. Raises WorkerRefused, one sentence, where the port is taken or the address is not ours."""
        handler = _handler({"/livez": not_live, "/readyz": not_ready}, metrics, page, guard)
        try:
            self._server = _QuietServer((host, port), handler)
        except OSError as error:
            raise WorkerRefused(
                f"the metrics address {host}:{port} cannot be used ({error.strerror}): "
                f"set {PREFIX}HTTP_PORT to a free port, or to 0 for none"
            ) from error
        try:
            guard.protect(self._server)
        except WorkerRefused:
            self._server.server_close()
            raise
        self._thread = threading.Thread(target=self._server.serve_forever, name="health", daemon=True)
        self._thread.start()

    @property
    def port(self) -> int:
        """The port it listens on."""
        return self._server.server_port

    def close(self) -> None:
        """Stop answering and free the port."""
        self._server.shutdown()
        self._server.server_close()


def _handler(answers: dict[str, Problems], metrics: Metrics, page: Page, guard: Guard) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        timeout = REQUEST_SECONDS

        def do_GET(self) -> None:
            path, _, query = self.path.partition("?")
            if not guard.lets_in(path, self.headers.get("Authorization")):
                self._send(HTTPStatus.UNAUTHORIZED, "text/plain; charset=utf-8", b"a bearer token is needed here\n")
            elif path == "/":
                self._send(HTTPStatus.OK, HTML, page(query))
            elif path == "/metrics":
                self._send(HTTPStatus.OK, CONTENT_TYPE_LATEST, generate_latest(metrics.registry))
            elif path in answers:
                problems = answers[path]()
                status = HTTPStatus.SERVICE_UNAVAILABLE if problems else HTTPStatus.OK
                body = json.dumps({"ok": not problems, "problems": problems})
                self._send(status, "application/json", body.encode() + b"\n")
            else:
                self._send(HTTPStatus.NOT_FOUND, "text/plain; charset=utf-8", b"/ /metrics /livez /readyz\n")

        def _send(self, status: HTTPStatus, kind: str, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            if status is HTTPStatus.UNAUTHORIZED:
                self.send_header("WWW-Authenticate", "Bearer")
            for name, value in HEADERS.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 - the base class names it so
            """Health checks every few seconds are not worth a line each."""

    return Handler
