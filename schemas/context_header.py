"""The hub's optional headers on an inbound record, read into a `Context`.

Contract of `payments.inbound`: `payment-filter-direction`, `-channel` (a rail), `-format`, `-received-at` (ISO 8601
with time zone), and `-context`, a JSON object with what only the hub knows. Whatever is wrong is a finding in
`Context.problems`, never an exception; what is right beside it still counts.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import to_json

from schemas.context import Batch, Context, Direction, PriorStage
from schemas.finding import Finding, Reason
from schemas.formats.json_text import NotJsonError, complaints, json_object, pointer
from schemas.payment import Rail

if TYPE_CHECKING:
    from collections.abc import Iterable

PREFIX = "payment-filter-"
_NAMES = frozenset({"direction", "channel", "format", "received-at", "context"})
_MAX_BYTES = 16_384
_SEEN = 80

Word = TypeVar("Word", bound=StrEnum)
Euros = Annotated[Decimal, Field(ge=0, max_digits=20, decimal_places=5, allow_inf_nan=False)]
Short = Annotated[str, Field(min_length=1, max_length=140)]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class BatchFacts(_Model):
    """A batch file from one payer (Regulation (EU) 2023/1113 Art. 6(1))."""

    single_payer: bool = False
    header_complete: bool = False
    header_verified: bool = False


class ContextFacts(_Model):
    """What only the hub knows of a message; whatever is left out is derived from the message. Amounts are in EUR."""

    payer_account_based: bool | None = None
    payee_account_based: bool | None = None
    payer_lei_given: bool | None = Field(None, description="the payer gave its institution an LEI")
    amount_eur: Euros | None = None
    linked_total_eur: Euros | None = Field(None, description="sum of the linked transfers, this one included")
    funding: Short | None = Field(None, description="account, cash or anonymous_e_money")
    payout: Short | None = Field(None, description="account, cash or anonymous_e_money")
    suspicion: bool = Field(default=False, description="reasonable grounds to suspect money laundering or terrorism")
    batch: BatchFacts | None = None
    instrument_kind: Short | None = None
    instrument_facts: dict[Short, Short] = Field(default_factory=dict, max_length=20)
    indicators: list[Short] = Field(default_factory=list, max_length=20)
    prior_stage: Annotated[PriorStage, Field(strict=False)] = PriorStage.NONE
    request_expired: bool = False
    fraud_hold: bool = False
    open_hit: bool = False
    payer_verified_birth_date: Short | None = None
    payer_verified_nationality: Short | None = None
    initiation_channel: Short | None = Field(None, description="how the order came: pisp, online, branch, ...")
    initiation_provider: Short | None = Field(None, description="who initiated it for the payer: a PISP's number")
    identifier_reused: bool = Field(default=False, description="the unique transaction identifier was used before")


def json_schema() -> dict[str, Any]:
    """The JSON Schema of the header `payment-filter-context`."""
    return ContextFacts.model_json_schema()


def context_of(headers: Iterable[tuple[str, bytes]], received_at: datetime) -> Context:
    """The context of one inbound record; `received_at` is the record's own timestamp, used where the hub sets none."""
    reader = _Reader()
    texts = reader.texts(headers)
    facts = reader.facts(texts["context"]) if "context" in texts else ContextFacts()
    batch = facts.batch
    return Context(
        direction=reader.word(Direction, texts, "direction"),
        rail=reader.word(Rail, texts, "channel"),
        format=texts.get("format"),
        received_at=reader.moment(texts["received-at"], received_at) if "received-at" in texts else received_at,
        payer_account_based=facts.payer_account_based,
        payee_account_based=facts.payee_account_based,
        payer_lei_given=facts.payer_lei_given,
        amount_eur=facts.amount_eur,
        linked_total_eur=facts.linked_total_eur,
        funding=facts.funding,
        payout=facts.payout,
        suspicion=facts.suspicion,
        batch=None if batch is None else Batch(batch.single_payer, batch.header_complete, batch.header_verified),
        instrument_kind=facts.instrument_kind,
        instrument_facts=tuple(sorted(facts.instrument_facts.items())),
        indicators=tuple(facts.indicators),
        prior_stage=facts.prior_stage,
        request_expired=facts.request_expired,
        fraud_hold=facts.fraud_hold,
        open_hit=facts.open_hit,
        payer_verified_birth_date=facts.payer_verified_birth_date,
        payer_verified_nationality=facts.payer_verified_nationality,
        initiation_channel=facts.initiation_channel,
        initiation_provider=facts.initiation_provider,
        identifier_reused=facts.identifier_reused,
        problems=tuple(reader.problems),
    )


class _Reader:
    """Reads headers and notes what is wrong with them."""

    def __init__(self) -> None:
        self.problems: list[Finding] = []

    def wrong(self, name: str, seen: str, detail: str) -> None:
        """Note a problem."""
        self.problems.append(Finding(Reason.CONTEXT_INVALID, f"header:{PREFIX}{name}", seen[:_SEEN], detail))

    def texts(self, headers: Iterable[tuple[str, bytes]]) -> dict[str, str]:
        """Our own headers by name without prefix; the first of one that stands twice."""
        found: dict[str, str] = {}
        for key, raw in headers:
            name = key.removeprefix(PREFIX)
            if name == key or name not in _NAMES:
                continue
            if name in found:
                self.wrong(name, "", "stands twice; the first one counts")
            elif len(raw) > _MAX_BYTES:
                self.wrong(name, "", f"has {len(raw)} bytes; at most {_MAX_BYTES} are allowed")
            else:
                self._text(name, raw, found)
        return found

    def _text(self, name: str, raw: bytes, found: dict[str, str]) -> None:
        try:
            found[name] = raw.decode().strip()
        except UnicodeDecodeError as error:
            self.wrong(name, "", f"byte {error.start} is not UTF-8 text")

    def word(self, words: type[Word], texts: dict[str, str], name: str) -> Word | None:
        """One of a closed set of words."""
        text = texts.get(name)
        if text is None:
            return None
        try:
            return words(text)
        except ValueError:
            self.wrong(name, text, f"is none of {', '.join(words)}")
            return None

    def moment(self, text: str, instead: datetime) -> datetime:
        """A point in time, with its time zone."""
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            self.wrong("received-at", text, "is not a time such as 2026-03-02T09:30:00Z")
            return instead
        if moment.tzinfo is None:
            self.wrong("received-at", text, "has no time zone, such as Z or +01:00")
            return instead
        return moment

    def facts(self, text: str) -> ContextFacts:
        """The JSON object; members that are wrong are left out, each with a problem."""
        try:
            members = json_object(text.encode())
        except NotJsonError as error:
            self.wrong("context", text, f"{error.path}: {error.detail}" if error.path != "/" else error.detail)
            return ContextFacts()
        try:
            return ContextFacts.model_validate_json(text)
        except ValidationError as error:
            found = complaints(error)
        for place, seen, words in found:
            self.wrong(f"context{pointer(place)}", seen, words)
        bad = {place[0] for place, _, _ in found}
        rest = {name: value for name, value in members.items() if name not in bad}
        return ContextFacts.model_validate_json(to_json(rest))
