"""Editions on Kafka: published in one transaction, read whole or not at all.

`lists.entries` holds the lists in packed chunks, `lists.editions` says which versions make up the edition to use.
Versions of the edition in use and of the one before it are kept; older ones are taken away.
"""

from __future__ import annotations

import gzip
import hashlib
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeVar

import orjson
from confluent_kafka import Consumer, KafkaError, KafkaException, TopicPartition
from pydantic import TypeAdapter, ValidationError

from lists.entry import Entry, ListRefused
from schemas.list_records import EditionRecord, ListVersion, RefusalRecord, WorkerRecord
from schemas.wire import encode
from streams.edge.admin import reach
from streams.edge.clients import make_producer
from streams.edge.errors import BrokerRefused
from streams.topics import Logical, full_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from lists.edge.loaded import LoadedEdition, LoadedList
    from lists.edge.store import Refusal
    from streams.config import Settings

CURRENT: Final = "current"
WORKER: Final = "worker/"
REFUSAL: Final = "refusal/"

_ENTRIES_IN_A_CHUNK: Final = 1_000
_READ_SECONDS: Final = 60.0
_CALL_SECONDS: Final = 30.0
_TRANSACTION_MS: Final = 60_000
_Record = TypeVar("_Record", EditionRecord, RefusalRecord, WorkerRecord)


@dataclass(slots=True)
class Board:
    """What stands on `lists.editions`: the edition to use, and by name who uses which and what was refused."""

    current: EditionRecord | None = None
    workers: dict[str, WorkerRecord] = field(default_factory=dict)
    refusals: dict[str, RefusalRecord] = field(default_factory=dict)

    def note(self, key: str, value: bytes | None) -> None:
        """Take one record in. What is none of ours is left aside: a later version may write more."""
        if key == CURRENT:
            self.current = _read(EditionRecord, value) or self.current
        elif key.startswith(WORKER):
            _put(self.workers, key.removeprefix(WORKER), _read(WorkerRecord, value))
        elif key.startswith(REFUSAL):
            _put(self.refusals, key.removeprefix(REFUSAL), _read(RefusalRecord, value))


class EditionReader:
    """Follows `lists.editions` from its beginning; what is not committed is not seen."""

    def __init__(self, settings: Settings) -> None:
        self.board = Board()
        self._consumer = _reader(settings, "editions")

    def follow(self, seconds: float, *, insist: bool = False) -> None:
        """Read on to the present end of the topic, for so long at most. Raises BrokerRefused only on request."""
        for key, value in _to_the_end(self._consumer, seconds, insist=insist):
            self.board.note(key, value)

    def close(self) -> None:
        """Leave Kafka."""
        self._consumer.close()


def board_of(settings: Settings) -> Board:
    """What stands on `lists.editions` now. Raises BrokerRefused where Kafka does not answer."""
    reach(settings)
    reader = EditionReader(settings)
    try:
        reader.follow(_READ_SECONDS, insist=True)
    finally:
        reader.close()
    return reader.board


def publish(
    settings: Settings,
    edition: LoadedEdition,
    refusals: Sequence[Refusal],
    now: datetime,
    *,
    fewer_lists: bool = False,
) -> tuple[EditionRecord, int]:
    """Announce an edition, its entries with it, and what was refused. Gives the record and how many chunks were new.

    Everything becomes visible together or not at all. Raises BrokerRefused where Kafka does not take it, and
    ListRefused for an edition that lacks a list of the one announced, unless that is meant (`fewer_lists`).
    """
    before = board_of(settings)
    here = {one.id for one in edition.lists}
    if before.current and not fewer_lists and (gone := [one.id for one in before.current.lists if one.id not in here]):
        raise ListRefused(
            f"the edition lacks {', '.join(gone)}, which the one announced holds: it stays; import them into this"
            " store, or publish with --fewer-lists"
        )
    stands = _chunk_keys(settings)
    made = [_version(one, _chunks([e for e in edition.entries if e.list == one.id])) for one in edition.lists]
    record = EditionRecord(edition.edition.id, now.isoformat(), tuple(version for version, _chunks in made))
    sent = {key: chunk for version, chunks in made for key, chunk in zip(_keys(version), chunks, strict=True)}
    fresh = {key: chunk for key, chunk in sent.items() if key not in stands}
    kept = set(sent) | ({key for one in before.current.lists for key in _keys(one)} if before.current else set())
    writes: list[tuple[Logical, str, bytes | None]] = [("entries", key, chunk) for key, chunk in fresh.items()]
    writes += [("entries", key, None) for key in sorted(stands - kept)]
    writes += _refusal_writes(before, refusals)
    # The announcement comes last: whoever reads it finds the entries behind it.
    writes.append(("editions", CURRENT, encode(record)))
    _write(settings, writes)
    return record, len(fresh)


def publish_refusals(settings: Settings, refusals: Sequence[Refusal]) -> None:
    """Announce what was refused, where no edition could be made. Raises BrokerRefused."""
    _write(settings, _refusal_writes(board_of(settings), refusals))


def fetch(settings: Settings, record: EditionRecord) -> list[Entry]:
    """The entries of an announced edition, in its order of lists. Raises ListRefused where they are not all there."""
    wanted = {key for one in record.lists for key in _keys(one)}
    consumer = _reader(settings, "entries")
    found: dict[str, bytes] = {}
    try:
        for key, value in _to_the_end(consumer, _READ_SECONDS):
            if key in wanted and value is not None:
                found[key] = value
                if len(found) == len(wanted):
                    break
    finally:
        consumer.close()
    return [entry for one in record.lists for entry in _entries(one, found)]


def _entries(version: ListVersion, found: dict[str, bytes]) -> list[Entry]:
    keys = _keys(version)
    if absent := [key for key in keys if key not in found]:
        raise ListRefused(
            f"{version.id}: {len(absent)} of {len(keys)} chunks of the announced edition are not on the topic: publish"
            " it again (payment-filter lists publish)"
        )
    raws = [gzip.decompress(found[key]) for key in keys]
    if _hash(raws) != version.version:
        raise ListRefused(f"{version.id}: its chunks on the topic were changed: publish the edition again")
    read = TypeAdapter(list[Entry]).validate_json
    return [entry for raw in raws for entry in read(raw)]


def _chunks(entries: Sequence[Entry]) -> list[bytes]:
    parts = (entries[start : start + _ENTRIES_IN_A_CHUNK] for start in range(0, len(entries), _ENTRIES_IN_A_CHUNK))
    return [orjson.dumps(part) for part in parts]


def _version(one: LoadedList, raws: Sequence[bytes]) -> tuple[ListVersion, list[bytes]]:
    version = ListVersion(
        one.id,
        one.published,
        one.sha256,
        one.entries,
        one.names,
        one.imported_at.isoformat(),
        one.files,
        _hash(raws),
        len(raws),
    )
    return version, [gzip.compress(raw, compresslevel=6, mtime=0) for raw in raws]


def _hash(raws: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for raw in raws:
        digest.update(raw)
    return digest.hexdigest()[:32]


def _keys(version: ListVersion) -> list[str]:
    return [f"{version.id}/{version.version}/{number}" for number in range(version.chunks)]


def _chunk_keys(settings: Settings) -> set[str]:
    """The chunks that stand on the topic."""
    consumer = _reader(settings, "entries")
    stands: set[str] = set()
    try:
        for key, value in _to_the_end(consumer, _READ_SECONDS):
            (stands.discard if value is None else stands.add)(key)
    finally:
        consumer.close()
    return stands


def _refusal_writes(before: Board, refusals: Sequence[Refusal]) -> list[tuple[Logical, str, bytes | None]]:
    standing = {one.list: RefusalRecord(one.list, one.gate, one.sentence, one.at) for one in refusals}
    writes: list[tuple[Logical, str, bytes | None]] = [
        ("editions", f"{REFUSAL}{name}", None) for name in before.refusals if name not in standing
    ]
    return writes + [("editions", f"{REFUSAL}{name}", encode(one)) for name, one in standing.items()]


def _write(settings: Settings, writes: Sequence[tuple[Logical, str, bytes | None]]) -> None:
    """One transaction. A second publisher fences the first: there is one announcement at a time."""
    patient = settings.model_copy(update={"transaction_timeout_ms": _TRANSACTION_MS})
    producer = make_producer(patient, f"{settings.full_group}.lists-publisher")
    try:
        producer.init_transactions(_CALL_SECONDS)
        producer.begin_transaction()
        for logical, key, value in writes:
            producer.produce(full_name(logical, settings.topic_prefix), value, key.encode(), 0)
        producer.commit_transaction(_CALL_SECONDS)
    except KafkaException as failure:
        raise BrokerRefused(
            f"the edition cannot be published on {settings.kafka_bootstrap} ({failure.args[0].str()}): nothing of it is"
            " visible; run payment-filter topics check, then publish again"
        ) from None


def _reader(settings: Settings, logical: Logical) -> Consumer:
    consumer = Consumer(
        {
            **settings.kafka_options(),
            "group.id": f"{settings.full_group}.lists",  # librdkafka wants one; nothing is committed
            "enable.auto.commit": False,
            "isolation.level": "read_committed",
            "enable.partition.eof": True,
            "log_level": 0,
            "reconnect.backoff.max.ms": 1_000,
        }
    )
    consumer.assign([TopicPartition(full_name(logical, settings.topic_prefix), 0, 0)])
    return consumer


def _to_the_end(consumer: Consumer, seconds: float, *, insist: bool = True) -> Iterator[tuple[str, bytes | None]]:
    """Key and value of each record up to the present end. Raises BrokerRefused where that is not reached in time."""
    deadline = time.monotonic() + seconds
    ended = False
    while not ended and time.monotonic() < deadline:
        for message in consumer.consume(100, min(0.2, seconds)):  # what stands behind the end is read all the same
            error = message.error()
            if error is None:
                yield (message.key() or b"").decode(errors="replace"), message.value()
            ended = ended or (error is not None and error.code() == KafkaError._PARTITION_EOF)  # noqa: SLF001 - its only name
    if insist and not ended:
        raise BrokerRefused(f"the topics of the lists could not be read to their end in {seconds:.0f} s: look at Kafka")


def _read(kind: type[_Record], value: bytes | None) -> _Record | None:
    if value is None:
        return None
    try:
        return TypeAdapter(kind).validate_json(value)
    except ValidationError:
        return None


def _put(table: dict[str, _Record], name: str, record: _Record | None) -> None:
    if record is None:
        table.pop(name, None)
    else:
        table[name] = record
