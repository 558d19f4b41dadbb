"""Structured logs: one JSON object a line on stderr, never a name, an account or free text of a payment."""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING

import structlog

if TYPE_CHECKING:
    from structlog.types import EventDict, Processor, WrappedLogger


def configure_logs(level: str, slot: str) -> None:
    """Our own events from `level` on; what Faust, librdkafka and others log, from warning on."""

    def name_the_worker(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
        event["slot"] = slot
        return event

    both: list[Processor] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        name_the_worker,
    ]
    structlog.configure(
        processors=[*both, structlog.processors.JSONRenderer()],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*both, structlog.stdlib.add_logger_name, _without_traceback],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(),
            ],
        )
    )
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)


def _without_traceback(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """The text of a library's exception may quote a payment: say only which kind it was."""
    record = event["_record"]
    if record.exc_info:
        error = record.exc_info[0]
        event["error"] = error.__name__ if error else ""
        record.exc_info = record.exc_text = None
    event.pop("exc_info", None)
    return event
