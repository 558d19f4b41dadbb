"""A webhook for Alertmanager, in the demo's own process: what people would have been told, and when."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

_MOST_BYTES = 10_000_000
_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Told:
    """One alert as it arrived. `whom` is the receiver's path; times are UTC, `ended` None while it fires."""

    at: datetime
    whom: str
    name: str
    labels: Mapping[str, str]
    summary: str
    runbook: str
    began: datetime
    ended: datetime | None

    @property
    def alert(self) -> tuple[object, ...]:
        """The same for one alert to one receiver, whenever it fires and when it is over."""
        return self.whom, tuple(sorted(self.labels.items()))


def episodes(told: Iterable[Told]) -> list[tuple[Told, Told | None]]:
    """Each time that somebody was told that an alert fires, with the word that it is over, if that came.

    The two may name different beginnings: where an alert ends and fires again between two words, only the last counts.
    """
    found: list[tuple[Told, Told | None]] = []
    lasting: dict[tuple[object, ...], int] = {}
    for one in told:
        place = lasting.get(one.alert)
        if one.ended is None and place is None:
            lasting[one.alert] = len(found)
            found.append((one, None))
        elif one.ended is not None and place is not None:
            found[lasting.pop(one.alert)] = (found[place][0], one)
    return found


class Webhook:
    """Listens on loopback until `close`; each alert is kept once when it fires and once when it is over."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._told: list[Told] = []
        self._known: set[tuple[object, ...]] = set()
        self._server = _Server(("127.0.0.1", 0), _handler(self))
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, name="webhook", daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def take(self, whom: str, notification: Mapping[str, Any]) -> None:
        """Take one notification in (Alertmanager's webhook, version 4)."""
        with self._lock:
            for alert in notification["alerts"]:
                one = _told(whom, alert)
                if (one.alert, one.began, one.ended) not in self._known:
                    self._known.add((one.alert, one.began, one.ended))
                    self._told.append(one)

    def told(self) -> list[Told]:
        """All that arrived so far, in order."""
        with self._lock:
            return list(self._told)


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A caller that breaks off is not worth a traceback on the screen: Alertmanager tells it again."""


def _told(whom: str, alert: Mapping[str, Any]) -> Told:
    labels, words = alert["labels"], alert["annotations"]
    ended = _moment(alert["endsAt"]) if alert["status"] == "resolved" else None
    return Told(
        datetime.now(UTC),
        whom,
        labels["alertname"],
        labels,
        words.get("summary", ""),
        words.get("runbook_url", ""),
        _moment(alert["startsAt"]),
        ended,
    )


def _moment(text: str) -> datetime:
    """RFC 3339; Go writes nanoseconds or none."""
    return datetime.fromisoformat(text).astimezone(UTC)


def _handler(webhook: Webhook) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        timeout = _SECONDS

        def do_POST(self) -> None:
            size = min(int(self.headers.get("Content-Length", 0)), _MOST_BYTES)
            webhook.take(self.path.strip("/"), json.loads(self.rfile.read(size)))
            self.send_response(HTTPStatus.NO_CONTENT)
            self.end_headers()

        def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 - the base class names it so
            """What arrived is shown in the timeline."""

    return Handler
