"""The AsyncAPI 3.0 document: every topic, message, header and key the filter reads or writes, for whoever connects.

Made from the declarations the code itself runs on (topics, headers, records), never written by hand. Pure: the
examples are handed in, and are outputs of the pipeline (streams/cli/schema_examples.py). Binding: Kafka 0.5.0.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from schemas.context import Direction
from schemas.context_header import PREFIX
from schemas.payment import Rail
from schemas.wire import VERSIONS
from streams.publish import CLOUD_EVENT_HEADERS, OUR_HEADERS
from streams.topics import OUTCOMES, TOPICS, Logical

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Json = dict[str, Any]
Content = Literal["iso20022", "swift", "json"]

BINDING = "0.5.0"

CONTENTS: dict[Content, tuple[str, str]] = {
    "iso20022": ("application/xml", "ISO 20022: pacs.008, pacs.009, pacs.004, pacs.003, camt.056, pain.001, pain.008."),
    "swift": ("text/plain", "SWIFT MT103, MT202 and MT205, with or without their blocks."),
    "json": ("application/json", "The product's own JSON: one payment, or several of one message."),
}

# What the hub may say beside a message (schemas/context_header.py reads it); whatever is left out is derived.
HUB_HEADERS: Json = {
    f"{PREFIX}direction": {
        "type": "string",
        "enum": [str(word) for word in Direction],
        "description": "Which way the payment goes, seen from our institution.",
    },
    f"{PREFIX}channel": {"type": "string", "enum": [str(word) for word in Rail], "description": "The rail it is on."},
    f"{PREFIX}format": {"type": "string", "description": "The format, where the hub knows it; checked, never trusted."},
    f"{PREFIX}received-at": {
        "type": "string",
        "format": "date-time",
        "description": "When the hub received it, with time zone; without it, the Kafka record's timestamp counts.",
    },
    f"{PREFIX}context": {
        "type": "string",
        "contentMediaType": "application/json",
        "description": "JSON text, as components/schemas/context: what only the hub knows. A fault is a finding.",
    },
    "traceparent": {"type": "string", "description": "W3C trace context, passed on untouched like any other header."},
}

_OURS: dict[str, str] = {
    f"{PREFIX}decision-id": "Id of the decision: the same message, lists and policy give the same id.",
    f"{PREFIX}outcome": "execute, reject or suspend: the strictest outcome of the payments in the message.",
    f"{PREFIX}reasons": "Every reason found, in order of precedence, separated by commas; empty where there is none.",
    f"{PREFIX}edition": "Id of the edition of the lists that was searched.",
    f"{PREFIX}policy": "Policy in force: id/version/sha256.",
    f"{PREFIX}source": "Inbound record this answers: topic/partition/offset. Unique: the key to match and deduplicate.",
}
_CLOUD_EVENT: dict[str, str] = {
    "ce_id": "Id of the record: decision_id or alert_id. Deduplicate by it.",
    "ce_source": "Always /payment-filter.",
    "ce_type": "What it is, with the version of its schema.",
    "ce_specversion": "CloudEvents 1.0, Kafka protocol binding, binary content mode.",
    "ce_time": "Timestamp of the inbound record, so that deciding again repeats it.",
    "content-type": "Media type of the value.",
}


@dataclass(frozen=True, slots=True)
class Example:
    """One real record for the document: which message it is an example of, and what it shows."""

    message: str
    name: str
    summary: str
    headers: dict[str, str]
    payload: Any


def document(
    version: str, partitions: int, schemas: Mapping[str, Json], examples: Sequence[Example], server: str
) -> Json:
    """The document. `schemas` by record name (payment, context, decision, alert), `server` a Kafka host and port."""
    messages = _messages(examples)
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Payment filter",
            "version": version,
            "description": (
                "Payments come in on Kafka, are checked for payer and payee information and screened against sanctions "
                "lists, and leave to exactly one of execute, suspend and reject. Read with isolation.level="
                "read_committed: what a transaction did not commit was never said. Topic names may carry a prefix of "
                "the installation. `receive` and `send` are seen from the filter. The examples are real outputs; "
                "everybody in them is invented."
            ),
            "license": {"name": "Apache-2.0"},
        },
        "defaultContentType": "application/json",
        "servers": {"kafka": {"host": server, "protocol": "kafka", "security": _security()}},
        "channels": {logical: _channel(logical, partitions) for logical in carried()},
        "operations": {_operation_name(logical): _operation(logical) for logical in carried()},
        "components": {
            "schemas": lifted(schemas),
            "messages": messages,
            "securitySchemes": {
                "password": {"type": "scramSha512", "description": "SASL/SCRAM-SHA-512 over TLS."},
                "certificate": {"type": "X509", "description": "Mutual TLS."},
            },
        },
    }


def carried() -> dict[Logical, tuple[str, ...]]:
    """Which messages each topic of the hub's and the case tools' carries."""
    return {
        "inbound": tuple(f"inbound-{content}" for content in CONTENTS),
        **{logical: tuple(f"outcome-{content}" for content in CONTENTS) for logical in OUTCOMES},
        "decisions": ("decision",),
        "alerts": ("alert",),
    }


def _security() -> list[Json]:
    return [{"$ref": f"#/components/securitySchemes/{name}"} for name in ("password", "certificate")]


def _operation_name(logical: Logical) -> str:
    return "receiveInbound" if logical == "inbound" else f"send{logical.capitalize()}"


def _operation(logical: Logical) -> Json:
    return {
        "action": "receive" if logical == "inbound" else "send",
        "summary": TOPICS[logical].holds,
        "channel": {"$ref": f"#/channels/{logical}"},
        "messages": [{"$ref": f"#/channels/{logical}/messages/{name}"} for name in carried()[logical]],
    }


def _channel(logical: Logical, partitions: int) -> Json:
    topic = TOPICS[logical]
    return {
        "address": topic.name,
        "title": topic.name,
        "description": topic.holds,
        "messages": {name: {"$ref": f"#/components/messages/{name}"} for name in carried()[logical]},
        "bindings": {
            "kafka": {
                "topic": topic.name,
                "partitions": partitions,
                "topicConfiguration": {
                    "cleanup.policy": ["compact" if topic.compacted else "delete"],
                    "retention.ms": topic.retention_ms,
                    "max.message.bytes": topic.max_message_bytes,
                },
                "bindingVersion": BINDING,
            }
        },
    }


def _messages(examples: Sequence[Example]) -> Json:
    made: Json = {}
    passed_on = _headers(HUB_HEADERS | _texts({name: _OURS[name] for name in OUR_HEADERS}), OUR_HEADERS)
    for content, (media, summary) in CONTENTS.items():
        payload = {"$ref": "#/components/schemas/payment"} if content == "json" else {"type": "string"}
        made[f"inbound-{content}"] = _message(summary, media, _headers(HUB_HEADERS), payload, _KEYS["inbound"])
        said = f"{summary} Byte for byte as it came in."
        made[f"outcome-{content}"] = _message(said, media, passed_on, payload, _KEYS["outcome"])
    for name, summary in _AUTHORED.items():
        payload = {"$ref": f"#/components/schemas/{name}"}
        made[name] = _message(summary, "application/json", _record_headers(name), payload, _KEYS[name])
    for name, message in made.items():
        message["name"] = name
        message["examples"] = [_shown(one) for one in examples if one.message == name]
    return made


def _record_headers(name: str) -> Json:
    described = _texts({header: (_OURS | _CLOUD_EVENT)[header] for header in (*OUR_HEADERS, *CLOUD_EVENT_HEADERS)})
    described["ce_type"]["const"] = f"payment-filter.{name}.v{VERSIONS[name]}"
    return _headers(described, (*OUR_HEADERS, *CLOUD_EVENT_HEADERS))


def _headers(properties: Json, required: Sequence[str] = ()) -> Json:
    return {"type": "object", "properties": properties} | ({"required": list(required)} if required else {})


_AUTHORED = {
    "decision": "The full record of one message: findings with evidence and legal source, for each payment its frame.",
    "alert": "What a person must look at. Another alert with the same id is the same alert: deduplicate by it.",
}
_KEYS = {
    "inbound": "Anything stable and not personal, such as a keyed hash of the payer's account; may be absent.",
    "outcome": "The inbound record's key.",
    "decision": "The inbound record's key.",
    "alert": "The case id: every word on one message has the same key, and so the same partition.",
}


def _message(summary: str, media: str, headers: Json, payload: Json, key: str) -> Json:
    return {
        "summary": summary,
        "contentType": media,
        "headers": headers,
        "payload": payload,
        "bindings": {"kafka": {"key": {"type": "string", "description": key}, "bindingVersion": BINDING}},
    }


def _shown(example: Example) -> Json:
    return {
        "name": example.name,
        "summary": example.summary,
        "headers": example.headers,
        "payload": example.payload,
    }


def _texts(described: Mapping[str, str]) -> Json:
    return {name: {"type": "string", "description": text} for name, text in described.items()}


def lifted(schemas: Mapping[str, Json]) -> Json:
    """The schemas and all their parts side by side, as AsyncAPI wants them.

    Raises ValueError where two records have different parts of one name: one of the classes needs another name.
    """
    found: Json = {}
    for name, schema in schemas.items():
        parts = {name: {key: value for key, value in schema.items() if key not in {"$defs", "$schema", "$id"}}}
        for part, content in (parts | schema.get("$defs", {})).items():
            moved = _moved(content)
            if found.setdefault(part, moved) != moved:
                raise ValueError(f"two different schemas are called {part!r}: rename one of the classes")
    return found


def _moved(node: Any) -> Any:
    """With references to where the parts now stand."""
    if isinstance(node, dict):
        return {
            key: value.replace("#/$defs/", "#/components/schemas/") if key == "$ref" else _moved(value)
            for key, value in node.items()
        }
    return [_moved(item) for item in node] if isinstance(node, list) else node
