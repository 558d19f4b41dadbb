"""What a payment is: plain immutable values, each with the place in the message where it stood.

The filter never repairs a payment, so every text is kept verbatim. `None` always means: the message did not say.
Paths are those of the original message: `/Document/FIToFICstmrCdtTrf/CdtTrfTxInf/Dbtr/Nm` in XML (with `[2]` for the
second of several siblings), `:50K:2` in an MT (tag, then line within the field, counted from 1), `/payer/name` in our
own JSON.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from schemas.finding import Finding
from schemas.quick import quick


class Role(StrEnum):
    """What our institution is in a payment (Regulation (EU) 2023/1113 Art. 3(5)-(7))."""

    PAYER = "payer_psp"
    INTERMEDIARY = "intermediary_psp"
    PAYEE = "payee_psp"


class Rail(StrEnum):
    """The channel a payment travels on; decides character sets, timing and status codes."""

    SCT = "sct"
    SCT_INST = "sct_inst"
    CBPR = "cbpr"
    TARGET2 = "target2"
    SWIFT_MT = "swift_mt"
    REMITTANCE = "remittance"
    BATCH = "batch"
    DOMESTIC = "domestic"
    INTERNAL = "internal"
    UNKNOWN = "unknown"


class PaymentKind(StrEnum):
    """What is asked for, as the message's own type tells it; decides which articles apply and which role we can have.

    `COVER` is a transfer between institutions that carries the customer transfer it covers: payer and payee are the
    customers. `RETURN` gives a payment's money back: its payer is who gives it back, its payee who gets it back.
    `INITIATION` comes from the payer to its own institution, `DIRECT_DEBIT_INITIATION` from the payee to its own. A
    `CANCELLATION_REQUEST` moves no money.
    """

    CUSTOMER_CREDIT_TRANSFER = "customer_credit_transfer"
    INSTITUTION_CREDIT_TRANSFER = "institution_credit_transfer"
    COVER = "cover"
    DIRECT_DEBIT = "direct_debit"
    RETURN = "return"
    INITIATION = "initiation"
    DIRECT_DEBIT_INITIATION = "direct_debit_initiation"
    CANCELLATION_REQUEST = "cancellation_request"


class TextKind(StrEnum):
    """Where a free text comes from; screening weighs them alike, evidence names them."""

    REMITTANCE = "remittance"
    INSTRUCTION = "instruction"
    REGULATORY = "regulatory"
    PURPOSE = "purpose"
    REFERENCE = "reference"
    OTHER = "other"


@quick
@dataclass(frozen=True, slots=True)
class Value:
    """What the message says at one place, verbatim. An empty text means the element is there with nothing in it."""

    text: str
    path: str

    @property
    def truncated(self) -> bool:
        """Whether the text was cut to fit an MT: translation from ISO 20022 then ends it with + (CBPR+ guidelines)."""
        return self.text.endswith("+")


@quick
@dataclass(frozen=True, slots=True)
class Text:
    """A free text, or any text the format has no better place for: nothing in a message goes unscreened."""

    kind: TextKind
    text: str
    path: str


@quick
@dataclass(frozen=True, slots=True)
class Address:
    """A postal address: structured parts, unstructured lines, or both (hybrid)."""

    path: str
    lines: tuple[Value, ...] = ()
    street: Value | None = None
    building: Value | None = None
    postcode: Value | None = None
    town: Value | None = None
    subdivision: Value | None = None
    country: Value | None = None
    other: tuple[Value, ...] = ()


@quick
@dataclass(frozen=True, slots=True)
class Identification:
    """A number that identifies a party: document, customer, tax or registration number.

    `scheme` is the ISO 20022 external code (NIDN, CCPT, CUST, TXID, COID, ...), an MT 50F code (ARNU, CCPT, CUST, DRLC,
    EMPL, NIDN, SOSE, TXID), a proprietary name, or "" where the message gives none.
    """

    value: Value
    scheme: str = ""
    organisation: bool = False
    issuer: Value | None = None
    country: Value | None = None


@quick
@dataclass(frozen=True, slots=True)
class Party:
    """A person or organisation: payer, payee, or the one behind them.

    `path` is where the party stands, or should stand.
    """

    path: str
    name: Value | None = None
    address: Address | None = None
    birth_date: Value | None = None
    birth_town: Value | None = None
    birth_country: Value | None = None
    identifications: tuple[Identification, ...] = ()
    lei: Value | None = None
    bic: Value | None = None
    residence_country: Value | None = None
    other: tuple[Value, ...] = ()


@quick
@dataclass(frozen=True, slots=True)
class Account:
    """An account: IBAN, or another number with its scheme (BBAN, CARD, UPIC, ...), or a proxy (phone, e-mail)."""

    path: str
    iban: Value | None = None
    number: Value | None = None
    scheme: str = ""
    proxy: Value | None = None
    name: Value | None = None


@quick
@dataclass(frozen=True, slots=True)
class Institution:
    """A bank or other provider in the chain."""

    path: str
    bic: Value | None = None
    lei: Value | None = None
    clearing_id: Value | None = None
    name: Value | None = None
    address: Address | None = None
    account: Account | None = None
    other: tuple[Value, ...] = ()


@quick
@dataclass(frozen=True, slots=True)
class Amount:
    """An amount as the message gives it, in units of its currency (never minor units)."""

    value: Decimal
    currency: str
    path: str


@quick
@dataclass(frozen=True, slots=True)
class PaymentIds:
    """Every identifier a counterparty may quote back."""

    message: Value | None = None
    instruction: Value | None = None
    end_to_end: Value | None = None
    transaction: Value | None = None
    uetr: Value | None = None
    clearing: Value | None = None


@quick
@dataclass(frozen=True, slots=True)
class Payment:
    """One transfer of funds inside a message.

    `payer` / `payee` are the two ends; `ultimate_*` those behind them. `intermediaries` are the institutions that move
    this payment between the two ends' institutions, in order (they decide whether the whole chain is in the Union);
    `institutions` are others that are named and screened only (charges, own branches). `sender` and `receiver`
    exchange the message. `problems` are what the decoder could not make sense of, an amount that is not there among
    them: a payment with problems is still checked and screened.
    """

    format: str
    position: int
    path: str
    ids: PaymentIds
    rail: Rail = Rail.UNKNOWN
    business_date: date | None = None
    business_date_path: str = ""
    amount: Amount | None = None
    instructed_amount: Amount | None = None
    payer: Party | None = None
    payer_account: Account | None = None
    payer_institution: Institution | None = None
    payee: Party | None = None
    payee_account: Account | None = None
    payee_institution: Institution | None = None
    ultimate_payer: Party | None = None
    ultimate_payee: Party | None = None
    initiating_party: Party | None = None
    intermediaries: tuple[Institution, ...] = ()
    institutions: tuple[Institution, ...] = ()
    sender: Institution | None = None
    receiver: Institution | None = None
    texts: tuple[Text, ...] = ()
    problems: tuple[Finding, ...] = ()
    kind: PaymentKind = PaymentKind.CUSTOMER_CREDIT_TRANSFER


@quick
@dataclass(frozen=True, slots=True)
class Message:
    """The bytes from the hub, once decoded: one or more payments, in the order they stand."""

    format: str
    payments: tuple[Payment, ...]
