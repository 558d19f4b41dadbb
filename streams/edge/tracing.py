"""Traces for those who follow a payment through the bank: the hub's `traceparent` goes on, nothing of the payment told.

Optional: this module is imported only when PAYMENT_FILTER_TRACES_ENDPOINT is set, and needs `pip install
payment-filter[otel]`. A message that bears a W3C trace context (https://www.w3.org/TR/trace-context/) gets one span,
child of the hub's, from the moment its batch is decided until it is committed; each batch gets one of its own. What is
given up is decided again, and only what is committed is told. A span says outcome and place in Kafka, never a reason:
whoever sees traces need not know who is suspected (Directive (EU) 2015/849 Art. 39, no tipping off).
"""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import Link, SpanKind, get_current_span
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from streams import ENGINE
from streams.topics import OUTCOMES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from opentelemetry.context import Context
    from opentelemetry.sdk.trace.export import SpanExporter
    from opentelemetry.trace import Span

    from streams.config import Settings
    from streams.edge.records import Answer
    from streams.edge.state import EngineState
    from streams.edge.transactions import WatchedEngine
    from streams.publish import Inbound, Outgoing

_HEADERS = ("traceparent", "tracestate")
_CONTEXT = TraceContextTextMapPropagator()
_DECISION = "payment-filter-decision-id"


def traced(engine: WatchedEngine, settings: Settings, exporter: SpanExporter | None = None) -> TracedEngine:
    """The engine, told of in spans that go to the endpoint of the settings (OTLP over HTTP) in the background."""
    name, version = ENGINE.split()
    resource = Resource.create({"service.name": name, "service.version": version, "service.instance.id": settings.slot})
    provider = TracerProvider(resource=resource)
    provider.add_span_processor(BatchSpanProcessor(exporter or OTLPSpanExporter(settings.traces_endpoint)))
    return TracedEngine(engine, provider)


class TracedEngine:
    """Decides as the engine does, and tells about it once it is committed."""

    def __init__(self, engine: WatchedEngine, provider: TracerProvider) -> None:
        self._engine = engine
        self._provider = provider
        self._tracer = provider.get_tracer("payment-filter")
        self.ready = engine.ready  # asked often: no detour

    def decide(self, batch: Sequence[Inbound]) -> Answer:
        """As the engine does."""
        began = time.time_ns()
        answer = self._engine.decide(batch)
        decided = time.time_ns()

        def when_committed() -> None:
            answer.when_committed()
            self._tell(batch, answer.outputs, began, decided)

        return replace(answer, when_committed=when_committed)

    def problems(self) -> list[str]:
        """As the engine says."""
        return self._engine.problems()

    def state(self) -> EngineState:
        """As the engine says."""
        return self._engine.state()

    def close(self) -> None:
        """Close the engine and send what is still to be sent."""
        self._engine.close()
        self._provider.shutdown()

    def _tell(self, batch: Sequence[Inbound], outputs: Sequence[Sequence[Outgoing]], began: int, decided: int) -> None:
        whole = self._tracer.start_span(
            "payment-filter batch", start_time=began, attributes={"messaging.batch.message_count": len(batch)}
        )
        whole.add_event("decided", timestamp=decided)
        for record, leaving in zip(batch, outputs, strict=True):
            context = context_of(record)
            if context is not None:
                self._tell_message(record, leaving, context, whole, began)
        whole.end()

    def _tell_message(
        self, record: Inbound, leaving: Sequence[Outgoing], context: Context, whole: Span, began: int
    ) -> None:
        outcome = next(one for one in leaving if one.topic in OUTCOMES)
        decision = dict(outcome.headers).get(_DECISION, b"").decode()
        span = self._tracer.start_span(
            f"{record.topic} process",
            context,
            SpanKind.CONSUMER,
            {
                "messaging.system": "kafka",
                "messaging.operation.type": "process",
                "messaging.destination.name": record.topic,
                "messaging.destination.partition.id": str(record.partition),
                "messaging.kafka.offset": record.offset,
                "payment_filter.outcome": outcome.topic,
                "payment_filter.decision_id": decision,
            },
            [Link(whole.get_span_context())],
            began,
        )
        span.end()


def context_of(record: Inbound) -> Context | None:
    """The trace the hub began; None where the message bears none, or none that is valid."""
    said = {
        name.lower(): value.decode("ascii", "replace")
        for name, value in record.headers
        if value is not None and name.lower() in _HEADERS
    }
    if "traceparent" not in said:
        return None
    context = _CONTEXT.extract(said)
    return context if get_current_span(context).get_span_context().is_valid else None
