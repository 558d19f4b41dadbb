"""The shape of the product's own JSON message. Its JSON Schema is generated from here.

The descriptions are the text of the published schema. Amounts and dates are texts on purpose: one that makes no sense
is then a problem of its payment, with the place, and the rest of the payment is still checked and screened.
"""

from __future__ import annotations

from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, FailFast, Field, TypeAdapter

from schemas.payment import PaymentKind, Rail, TextKind

T = TypeVar("T")
# A list stops at its first mistake: a million of them would be a million complaints. A tuple, for pydantic copies the
# default of every list anew for every message.
Several = Annotated[tuple[T, ...], FailFast()]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class AddressJson(_Model):
    """A postal address: structured parts, lines, or both."""

    lines: Several[str] = ()
    street: str | None = None
    building: str | None = None
    postcode: str | None = None
    town: str | None = None
    subdivision: str | None = None
    country: str | None = Field(None, description="ISO 3166 alpha-2 code", examples=["LU"])
    other: Several[str] = ()


class IdentificationJson(_Model):
    """A number that identifies a party."""

    value: str
    scheme: str = Field("", description="ISO 20022 external code, such as NIDN, CCPT, CUST, TXID, COID")
    organisation: bool = False
    issuer: str | None = None
    country: str | None = None


class PartyJson(_Model):
    """A person or organisation."""

    name: str | None = None
    address: AddressJson | None = None
    birth_date: str | None = Field(None, description="YYYY-MM-DD")
    birth_town: str | None = None
    birth_country: str | None = None
    identifications: Several[IdentificationJson] = ()
    lei: str | None = Field(None, description="ISO 17442")
    bic: str | None = Field(None, description="ISO 9362")
    residence_country: str | None = None
    other: Several[str] = ()


class AccountJson(_Model):
    """An account: IBAN, another number with its scheme, or a proxy."""

    iban: str | None = Field(None, description="ISO 13616, without spaces")
    number: str | None = None
    scheme: str = ""
    proxy: str | None = None
    name: str | None = None


class InstitutionJson(_Model):
    """A bank or other provider in the chain."""

    bic: str | None = Field(None, description="ISO 9362")
    lei: str | None = None
    clearing_id: str | None = None
    name: str | None = None
    address: AddressJson | None = None
    account: AccountJson | None = None
    other: Several[str] = ()


class AmountJson(_Model):
    """An amount in units of its currency."""

    value: str = Field(description="digits with a decimal point, as text", examples=["1234.50"])
    currency: str = Field(description="ISO 4217 code", examples=["EUR"])


class IdsJson(_Model):
    """Every identifier a counterparty may quote back."""

    message: str | None = None
    instruction: str | None = None
    end_to_end: str | None = None
    transaction: str | None = None
    uetr: str | None = Field(None, description="UUID version 4")
    clearing: str | None = None


class TextJson(_Model):
    """A free text."""

    kind: Annotated[TextKind, Field(strict=False)] = TextKind.OTHER
    text: str


class PaymentJson(_Model):
    """One transfer of funds."""

    ids: IdsJson = IdsJson()
    kind: Annotated[PaymentKind, Field(strict=False)] = PaymentKind.CUSTOMER_CREDIT_TRANSFER
    rail: Annotated[Rail, Field(strict=False)] = Rail.UNKNOWN
    business_date: str | None = Field(None, description="YYYY-MM-DD")
    amount: AmountJson
    instructed_amount: AmountJson | None = None
    payer: PartyJson | None = None
    payer_account: AccountJson | None = None
    payer_institution: InstitutionJson | None = None
    payee: PartyJson | None = None
    payee_account: AccountJson | None = None
    payee_institution: InstitutionJson | None = None
    ultimate_payer: PartyJson | None = None
    ultimate_payee: PartyJson | None = None
    initiating_party: PartyJson | None = None
    intermediaries: Several[InstitutionJson] = ()
    institutions: Several[InstitutionJson] = ()
    sender: InstitutionJson | None = None
    receiver: InstitutionJson | None = None
    texts: Several[TextJson] = ()


class PaymentsJson(_Model):
    """Several payments in one message; its outcome is the strictest of theirs."""

    payments: Several[PaymentJson] = Field(min_length=1)


MESSAGE: TypeAdapter[PaymentJson | PaymentsJson] = TypeAdapter(PaymentJson | PaymentsJson)


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a message."""
    return {"title": "Payment message", "description": (__doc__ or "").split("\n")[0], **MESSAGE.json_schema()}
