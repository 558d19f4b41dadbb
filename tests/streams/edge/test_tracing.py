"""Spans continue the hub's trace, tell only what is committed, and nothing of the payment."""

from __future__ import annotations

import gzip
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, ClassVar

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from streams.config import Settings
from streams.edge import worker
from streams.edge.errors import WorkerRefused
from streams.edge.records import Answer
from streams.edge.state import EngineState
from streams.edge.tracing import TracedEngine, context_of, traced
from streams.publish import Inbound, Outgoing
from tests.kafka import ROOT

if TYPE_CHECKING:
    from collections.abc import Sequence

TRACE = "0af7651916cd43dd8448eb211c80319c"
PARENT = f"00-{TRACE}-b7ad6b7169203331-01".encode()
SECRET = b"<Nm>Wiktor Ostrogradyn</Nm> LU280019400644750000"


class Plain:
    """An engine that executes everything."""

    def __init__(self) -> None:
        self.done: list[str] = []

    def decide(self, batch: Sequence[Inbound]) -> Answer:
        headers = (("payment-filter-decision-id", b"abc"), ("payment-filter-reasons", b"listed-name"))
        outputs = [[Outgoing("execute", one.key, one.value, headers)] for one in batch]
        return Answer(outputs, lambda: self.done.append("committed"))

    def ready(self) -> bool:
        return True

    def problems(self) -> list[str]:
        return ["none"]

    def state(self) -> EngineState:
        return EngineState("e")

    def close(self) -> None:
        self.done.append("closed")


def _record(offset: int, *headers: tuple[str, bytes]) -> Inbound:
    return Inbound(SECRET, b"LU280019400644750000", headers, "payments.inbound", 3, offset, 0)


@pytest.fixture
def exporter() -> InMemorySpanExporter:
    return InMemorySpanExporter()


@pytest.fixture
def engine(exporter: InMemorySpanExporter) -> TracedEngine:
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    return TracedEngine(Plain(), provider)


def _spans(exporter: InMemorySpanExporter) -> dict[str, ReadableSpan]:
    return {span.name: span for span in exporter.get_finished_spans()}


def test_the_hubs_trace_goes_on(engine: TracedEngine, exporter: InMemorySpanExporter) -> None:
    answer = engine.decide([_record(7, ("TraceParent", PARENT)), _record(8)])
    assert exporter.get_finished_spans() == ()  # nothing is told of what is not committed
    answer.when_committed()
    assert len(exporter.get_finished_spans()) == 2  # the message that bears a trace, and the batch
    spans = _spans(exporter)
    message, batch = spans["payments.inbound process"], spans["payment-filter batch"]
    assert message.parent is not None
    assert f"{message.parent.span_id:016x}" == "b7ad6b7169203331"
    assert f"{message.context.trace_id:032x}" == TRACE
    assert message.links[0].context == batch.context
    assert dict(message.attributes or {})["payment_filter.outcome"] == "execute"
    assert dict(message.attributes or {})["messaging.kafka.offset"] == 7
    assert (batch.start_time or 0) <= (batch.end_time or 0)


def test_no_span_tells_anything_of_the_payment_or_why(engine: TracedEngine, exporter: InMemorySpanExporter) -> None:
    engine.decide([_record(1, ("traceparent", PARENT), ("tracestate", b"hub=1"))]).when_committed()
    told = "".join(span.to_json() for span in exporter.get_finished_spans())
    assert "payments.inbound" in told
    for secret in ("Wiktor", "LU28", "listed-name"):
        assert secret not in told


@pytest.mark.parametrize("value", [b"", b"00-abc", b"\xff\xfe", b"00-" + b"0" * 32 + b"-" + b"0" * 16 + b"-01"])
def test_a_trace_header_that_is_none_is_left_alone(value: bytes) -> None:
    assert context_of(_record(1, ("traceparent", value))) is None


def test_everything_else_is_the_engines_own(exporter: InMemorySpanExporter) -> None:
    plain = Plain()
    engine = traced(plain, Settings(slot="w-1"), exporter)
    assert engine.ready()
    assert engine.problems() == ["none"]
    assert engine.state().edition == "e"
    engine.decide([_record(1, ("traceparent", PARENT))]).when_committed()
    engine.close()
    assert plain.done == ["committed", "closed"]
    resource = _spans(exporter)["payments.inbound process"].resource.attributes
    assert resource["service.name"] == "payment-filter"
    assert resource["service.instance.id"] == "w-1"


def test_without_an_endpoint_the_engine_is_not_touched_and_nothing_is_loaded() -> None:
    plain = Plain()
    assert worker._traced(plain, Settings()) is plain
    loaded = "import sys, streams.edge.worker; sys.exit(any('opentelemetry' in name for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", loaded], cwd=ROOT, check=False, timeout=60).returncode == 0


def test_without_the_extra_the_worker_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "streams.edge.tracing", raising=False)
    monkeypatch.setitem(sys.modules, "opentelemetry.trace", None)
    with pytest.raises(WorkerRefused, match=r"payment-filter\[otel\]"):
        worker._traced(Plain(), Settings(traces_endpoint="http://localhost:4318/v1/traces"))


class Collector(BaseHTTPRequestHandler):
    """Takes spans as a collector does: OTLP over HTTP, protobuf."""

    got: ClassVar[list[ExportTraceServiceRequest]] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        packed = self.headers.get("Content-Encoding") == "gzip"
        self.got.append(ExportTraceServiceRequest.FromString(gzip.decompress(body) if packed else body))
        self.send_response(200)
        self.end_headers()

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 - the base class names it so
        pass


def test_spans_reach_a_collector_as_the_protocol_wants_them() -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), Collector) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        endpoint = f"http://127.0.0.1:{server.server_port}/v1/traces"
        engine = worker._traced(Plain(), Settings(traces_endpoint=endpoint))
        engine.decide([_record(1, ("traceparent", PARENT))]).when_committed()
        engine.close()  # sends what is still to be sent
        server.shutdown()
    spans = [
        span
        for one in Collector.got
        for all_ in one.resource_spans
        for scope in all_.scope_spans
        for span in scope.spans
    ]
    assert {span.name for span in spans} == {"payments.inbound process", "payment-filter batch"}
    assert TRACE in {span.trace_id.hex() for span in spans}
