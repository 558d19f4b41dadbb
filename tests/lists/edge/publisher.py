"""A publisher of lists for tests: a real HTTPS server with a certificate of its own authority."""

from __future__ import annotations

import contextlib
import ssl
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import trustme

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(slots=True)
class Answer:
    """What the publisher answers: `length` other than the body's cuts it off; `pause` is waited between its bytes."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    length: int | None = None
    pause: float = 0.0


@dataclass(slots=True)
class Publisher:
    """`answers` by path: each is given once, the last again and again. `asked` are the requests that came."""

    address: str
    authorities: Path
    answers: dict[str, list[Answer]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def gives(self, path: str, *answers: Answer) -> str:
        """Set what a path answers; gives its address."""
        self.answers[path] = list(answers)
        return self.address + path


@contextlib.contextmanager
def publisher(folder: Path, host: str = "localhost") -> Iterator[Publisher]:
    """Serve on a free port until the block ends."""
    authority = trustme.CA()
    file = folder / "authorities.pem"
    authority.cert_pem.write_to_path(str(file))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(host).configure_cert(context)
    server = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    server.daemon_threads = True
    server.socket = context.wrap_socket(server.socket, server_side=True)
    made = Publisher(f"https://localhost:{server.server_port}", file)
    server.RequestHandlerClass = _handler(made)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(publisher: Publisher) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            publisher.asked.append((self.path, dict(self.headers.items())))
            waiting = publisher.answers.get(path, [Answer(status=404)])
            self._give(waiting.pop(0) if len(waiting) > 1 else waiting[0])

        def _give(self, answer: Answer) -> None:
            etag = answer.headers.get("ETag")
            unchanged = etag is not None and self.headers.get("If-None-Match") == etag
            body = b"" if unchanged else answer.body
            self.send_response(304 if unchanged else answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body) if answer.length is None else answer.length))
            self.end_headers()
            with contextlib.suppress(OSError):  # the reader may have had enough
                for place in range(len(body)) if answer.pause else ():
                    self.wfile.write(body[place : place + 1])
                    self.wfile.flush()
                    time.sleep(answer.pause)
                if not answer.pause:
                    self.wfile.write(body)

        def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 - the base class names it so
            """Nobody reads it."""

    return Handler
