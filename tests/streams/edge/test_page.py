"""The worker's page: it says what is, in words, and nothing of it can be turned into markup."""

from __future__ import annotations

import html.parser
import urllib.request
from datetime import UTC, date, datetime, timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING

import pytest

from schemas.decision import PolicyUsed
from streams.edge.health import HealthServer
from streams.edge.page import STILL, Picture, render, span_of
from streams.edge.page_style import STYLE
from streams.edge.state import EngineState, ListInUse, Pace, Refused
from streams.metrics import Metrics

if TYPE_CHECKING:
    from collections.abc import Iterator

NOW = datetime(2026, 11, 22, 3, 4, 5, tzinfo=UTC)
HOUR = 3600.0
VOID = {"meta", "link", "br", "img", "input", "hr"}


class Checked(html.parser.HTMLParser):
    """Every tag closed in order; collects the text and the attributes."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.open: list[str] = []
        self.text = ""
        self.attributes: list[tuple[str, str, str | None]] = []
        self.feed(page.decode())
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes += [(tag, name, value) for name, value in attrs]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.text += data + " "


def _metrics() -> Metrics:
    metrics = Metrics()
    metrics.count("payment_filter_messages_total", "execute", "pacs008", amount=990)
    metrics.count("payment_filter_messages_total", "suspend", "mt103", amount=10)
    metrics.count("payment_filter_alerts_total", "sanctions", amount=7)
    metrics.set("payment_filter_consumer_lag_messages", 12, "0")
    metrics.set("payment_filter_consumer_lag_messages", 30, "1")
    metrics.observe("payment_filter_time_in_filter_seconds", 0.015, times=100)
    return metrics


def _picture(*problems: str) -> Picture:
    lists = (
        ListInUse("EU", "2026-11-20", 5821, 2 * HOUR, 24 * HOUR, required=True),
        ListInUse("UN", "2026-11-12", 1002, 20 * HOUR, 24 * HOUR, required=True),
        ListInUse("OFAC_SDN", "", 0, HOUR, 24 * HOUR, required=True),
        ListInUse("OLD", "", 5, 30 * HOUR, 24 * HOUR, required=True),
        ListInUse("OWN", "", 5, 30.0, None, required=False),
    )
    refused = Refused(NOW, "lists", ("EU <b>shrinks</b>",))
    policy = PolicyUsed("bank", "2026.1", "ab" * 32)
    state = EngineState("9f86d081", lists, policy, date(2027, 4, 30), (refused,), 212.44)
    return Picture("filter-1", "https://wiki.example/runbook", problems, state, NOW, NOW - timedelta(hours=5))


def test_a_ready_worker_shows_lists_policy_pace_outcomes_and_refusals() -> None:
    page = Checked(render(_picture(), _metrics()))
    for said in (
        "Ready",
        "212.4",
        "42",
        "20 ms",
        "990",
        "99.0%",
        "sanctions",
        "9f86d081",
        "2026.1",
        "2027-04-30",
        "ab" * 32,
    ):
        assert said in page.text, said
    for state in ("fresh", "soon too old", "empty", "too old", "no limit"):
        assert state in page.text, state
    assert "EU <b>shrinks</b>" in page.text  # as text: the parser saw no tag
    hrefs = {value for _, name, value in page.attributes if name == "href"}
    assert {"/metrics", "/livez", "/readyz", "https://wiki.example/runbook"} <= hrefs


def test_a_worker_that_is_not_ready_says_why_first() -> None:
    page = Checked(render(Picture("0", "", ("list EU was verified 25 h ago",), EngineState(), NOW, NOW), Metrics()))
    assert page.text.index("Not ready") < page.text.index("25 h ago") < page.text.index("Outcomes")
    assert ("section", "role", "alert") in page.attributes
    assert "NOT READY" in page.text


def test_a_worker_that_is_not_ready_leads_to_the_runbook() -> None:
    page = Checked(render(_picture("no policy"), _metrics()))
    assert ("a", "href", "https://wiki.example/runbook#a-worker-is-not-ready") in page.attributes


def test_a_ready_worker_says_what_will_stop_it_next_and_how_long_it_has_been_running() -> None:
    page = Checked(render(_picture(), _metrics()))
    assert "Look at the lists: UN (soon too old), OFAC_SDN (empty), OLD (too old)." in page.text
    assert "running for 5.0 h" in page.text


def test_what_it_does_not_know_it_does_not_call_good() -> None:
    """Without partitions nothing is known to wait; without a policy no list is known to be optional or fresh."""
    lists = (ListInUse("EU", "2026-11-20", 5821, 2 * HOUR, None, required=False),)
    page = Checked(render(Picture("0", "", ("policy refused",), EngineState("9f", lists), NOW, NOW), Metrics()))
    assert "messages waiting, partitions: 0 \N{EN DASH} " in page.text
    assert "unknown" in page.text
    assert "optional" not in page.text
    assert "no limit" not in page.text


def test_it_refreshes_itself_unless_told_to_hold_still() -> None:
    assert b'http-equiv="refresh"' in render(_picture(), _metrics())
    assert b'http-equiv="refresh"' not in render(_picture(), _metrics(), still=True)


def test_it_is_made_to_be_read_by_everybody() -> None:
    page = Checked(render(_picture(), _metrics()))
    tags = [tag for tag, _, _ in page.attributes]
    assert ("html", "lang", "en") in page.attributes
    assert page.attributes.count(("th", "scope", "col")) > 10
    assert page.attributes.count(("th", "scope", "row")) > 8
    assert "script" not in tags
    assert "prefers-color-scheme: dark" in STYLE


def test_spans_of_time_are_said_as_people_say_them() -> None:
    assert [span_of(s) for s in (5, 90, 2 * HOUR, 36 * HOUR, 60 * HOUR)] == [
        "5 s",
        "1.5 min",
        "2.0 h",
        "36.0 h",
        "2.5 d",
    ]


def test_pace_is_that_of_the_last_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [1000.0]
    monkeypatch.setattr("streams.edge.state.time.monotonic", lambda: clock[0])
    pace = Pace()
    clock[0] += 120
    pace.add(600)
    assert pace.per_second() == 10
    clock[0] += 61
    assert pace.per_second() == 0


@pytest.fixture
def server() -> Iterator[HealthServer]:
    metrics = _metrics()

    def page(query: str) -> bytes:
        return render(_picture(), metrics, still=query == STILL)

    server = HealthServer("127.0.0.1", 0, metrics, list, lambda: ["no lists"], page=page)
    yield server
    server.close()


def test_it_is_served_with_headers_that_let_nothing_in(server: HealthServer) -> None:
    with urllib.request.urlopen(f"http://127.0.0.1:{server.port}/?still", timeout=5) as answer:
        body = answer.read()
        assert answer.status == HTTPStatus.OK
        assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert answer.headers["Cache-Control"] == "no-store"
    assert b"refresh by itself" in body
