"""The product's own message: a payment, or `{"payments": [...]}`, in JSON (RFC 8259), UTF-8.

For hubs that speak neither ISO 20022 nor MT. Unknown members, wrong types and doubled members are refused with their
place; an amount or date that makes no sense is a problem of its payment only. Paths are JSON pointers (RFC 6901).
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from pydantic import ValidationError

from schemas.formats.json_text import NotJsonError, complaints, json_object, only_one_reading, pointer
from schemas.formats.payment_model import PaymentJson, PaymentsJson, json_schema
from schemas.formats.unreadable import UnreadableError, unreadable_field
from schemas.formats.values import currency, iso_amount, iso_date
from schemas.payment import (
    Account,
    Address,
    Amount,
    Identification,
    Institution,
    Message,
    Party,
    Payment,
    PaymentIds,
    Text,
    TextKind,
    Value,
)

if TYPE_CHECKING:
    from datetime import date

    from schemas.finding import Finding
    from schemas.formats.limits import Limits
    from schemas.formats.payment_model import (
        AccountJson,
        AddressJson,
        AmountJson,
        IdentificationJson,
        IdsJson,
        InstitutionJson,
        PartyJson,
    )

__all__ = ["FORMAT", "decode", "json_schema"]

FORMAT = "json"
_SHOWN = 5  # problems named in one finding


def decode(raw: bytes, limits: Limits) -> Message:
    """The payments of a message; `/payments/2/payer/name` is the third payment's, `/payer/name` the only one's."""
    if only_one_reading(raw) and b'"payments"' not in raw:
        # What the model takes then is what json_object would let pass; what it refuses is told in words below.
        with suppress(ValidationError):
            return Message(FORMAT, (_Reader("", limits).payment(PaymentJson.model_validate_json(raw), 1),))
    try:
        payments = json_object(raw).get("payments")
        if payments is None:
            return Message(FORMAT, (_Reader("", limits).payment(PaymentJson.model_validate_json(raw), 1),))
        _refuse_too_many(payments, limits)
        models = PaymentsJson.model_validate_json(raw).payments
    except NotJsonError as error:
        raise UnreadableError(error.path, error.detail) from None
    except ValidationError as error:
        raise _refused(error) from None
    return Message(
        FORMAT,
        tuple(_Reader(f"/payments/{index}", limits).payment(model, index + 1) for index, model in enumerate(models)),
    )


def _refuse_too_many(payments: object, limits: Limits) -> None:
    if isinstance(payments, list) and len(payments) > limits.max_payments:
        raise UnreadableError("/payments", f"holds {len(payments)} payments; at most {limits.max_payments} are allowed")


def _refused(error: ValidationError) -> UnreadableError:
    """One finding for everything that is wrong: the first place as its path, the first five in words."""
    found = complaints(error)
    told = [f"{pointer(place)} {words}" for place, _, words in found[:_SHOWN]]
    if len(found) > _SHOWN:
        told.append(f"and {len(found) - _SHOWN} more")
    place, seen, _ = found[0]
    return UnreadableError(pointer(place), "; ".join(told), seen)


class _Reader:
    """One payment as values with their places; counts them and looks at their size."""

    def __init__(self, path: str, limits: Limits) -> None:
        self.path = path
        self.limits = limits
        self.values = 0
        self.problems: list[Finding] = []

    def payment(self, model: PaymentJson, position: int) -> Payment:
        """The payment of that model."""
        path = self.path
        amount = self.amount(model.amount, f"{path}/amount")
        instructed = self.amount(model.instructed_amount, f"{path}/instructed_amount")
        day = self.day(model.business_date, f"{path}/business_date")
        return Payment(
            format=FORMAT,
            position=position,
            path=path or "/",
            ids=self.ids(model.ids, f"{path}/ids"),
            rail=model.rail,
            business_date=day,
            business_date_path="" if day is None else f"{path}/business_date",
            amount=amount,
            instructed_amount=instructed,
            payer=self.party(model.payer, path, "payer") or Party(f"{path}/payer"),
            payer_account=self.account(model.payer_account, path, "payer_account"),
            payer_institution=self.institution(model.payer_institution, path, "payer_institution"),
            payee=self.party(model.payee, path, "payee") or Party(f"{path}/payee"),
            payee_account=self.account(model.payee_account, path, "payee_account"),
            payee_institution=self.institution(model.payee_institution, path, "payee_institution"),
            ultimate_payer=self.party(model.ultimate_payer, path, "ultimate_payer"),
            ultimate_payee=self.party(model.ultimate_payee, path, "ultimate_payee"),
            initiating_party=self.party(model.initiating_party, path, "initiating_party"),
            intermediaries=self.institutions(model.intermediaries, path, "intermediaries"),
            institutions=self.institutions(model.institutions, path, "institutions"),
            sender=self.institution(model.sender, path, "sender"),
            receiver=self.institution(model.receiver, path, "receiver"),
            texts=self.texts(model),
            problems=tuple(self.problems),
            kind=model.kind,
        )

    def value(self, text: str | None, path: str, name: str) -> Value | None:
        """A text with its place, the member of that name; None where the message does not say."""
        return None if text is None else self.said(text, f"{path}/{name}")

    def said(self, text: str, path: str) -> Value:
        """A text with its place, if it and their number stay within the limits."""
        self.values += 1
        if len(text) > self.limits.max_text:
            raise UnreadableError(path, f"holds {len(text)} characters; at most {self.limits.max_text} are allowed")
        if self.values > self.limits.max_values:
            raise UnreadableError(self.path or "/", f"holds more than {self.limits.max_values} values")
        return Value(text, path)

    def all(self, texts: tuple[str, ...], path: str, name: str) -> tuple[Value, ...]:
        """The texts of a list."""
        if not texts:
            return ()
        return tuple(self.said(text, f"{path}/{name}/{index}") for index, text in enumerate(texts))

    def texts(self, model: PaymentJson) -> tuple[Text, ...]:
        """The free texts, and the references, which can be made to carry a name."""
        path = f"{self.path}/texts"
        free = tuple(
            Text(text.kind, self.said(text.text, f"{path}/{index}/text").text, f"{path}/{index}/text")
            for index, text in enumerate(model.texts)
        )
        ids = model.ids
        references = (
            ("message", ids.message),
            ("instruction", ids.instruction),
            ("end_to_end", ids.end_to_end),
            ("transaction", ids.transaction),
            ("clearing", ids.clearing),
        )
        told = tuple(Text(TextKind.REFERENCE, text, f"{self.path}/ids/{name}") for name, text in references if text)
        return (*free, *told)

    def ids(self, model: IdsJson, path: str) -> PaymentIds:
        """The identifiers."""
        return PaymentIds(
            message=self.value(model.message, path, "message"),
            instruction=self.value(model.instruction, path, "instruction"),
            end_to_end=self.value(model.end_to_end, path, "end_to_end"),
            transaction=self.value(model.transaction, path, "transaction"),
            uetr=self.value(model.uetr, path, "uetr"),
            clearing=self.value(model.clearing, path, "clearing"),
        )

    def amount(self, model: AmountJson | None, path: str) -> Amount | None:
        """The amount; None, and a problem, where it cannot be read."""
        if model is None:
            return None
        number = iso_amount(self.said(model.value, f"{path}/value").text)
        if isinstance(number, str):
            self.problems.append(unreadable_field(f"{path}/value", model.value, f"the amount {number}"))
        elif currency(self.said(model.currency, f"{path}/currency").text) is None:
            detail = "the currency is not three capital letters"
            self.problems.append(unreadable_field(f"{path}/currency", model.currency, detail))
        else:
            return Amount(number, model.currency, path)
        return None

    def day(self, text: str | None, path: str) -> date | None:
        """The date; None, and a problem, where it cannot be read."""
        if text is None:
            return None
        day = iso_date(text)
        if isinstance(day, str):
            self.problems.append(unreadable_field(path, text, f"the date {day}"))
            return None
        return day

    def party(self, model: PartyJson | None, path: str, name: str) -> Party | None:
        """A party."""
        if model is None:
            return None
        path = f"{path}/{name}"
        return Party(
            path=path,
            name=self.value(model.name, path, "name"),
            address=self.address(model.address, path, "address"),
            birth_date=self.value(model.birth_date, path, "birth_date"),
            birth_town=self.value(model.birth_town, path, "birth_town"),
            birth_country=self.value(model.birth_country, path, "birth_country"),
            identifications=tuple(
                self.identification(number, f"{path}/identifications/{index}")
                for index, number in enumerate(model.identifications)
            ),
            lei=self.value(model.lei, path, "lei"),
            bic=self.value(model.bic, path, "bic"),
            residence_country=self.value(model.residence_country, path, "residence_country"),
            other=self.all(model.other, path, "other"),
        )

    def identification(self, model: IdentificationJson, path: str) -> Identification:
        """A number of a party."""
        return Identification(
            value=self.said(model.value, f"{path}/value"),
            scheme=model.scheme,
            organisation=model.organisation,
            issuer=self.value(model.issuer, path, "issuer"),
            country=self.value(model.country, path, "country"),
        )

    def address(self, model: AddressJson | None, path: str, name: str) -> Address | None:
        """An address."""
        if model is None:
            return None
        path = f"{path}/{name}"
        return Address(
            path=path,
            lines=self.all(model.lines, path, "lines"),
            street=self.value(model.street, path, "street"),
            building=self.value(model.building, path, "building"),
            postcode=self.value(model.postcode, path, "postcode"),
            town=self.value(model.town, path, "town"),
            subdivision=self.value(model.subdivision, path, "subdivision"),
            country=self.value(model.country, path, "country"),
            other=self.all(model.other, path, "other"),
        )

    def account(self, model: AccountJson | None, path: str, name: str) -> Account | None:
        """An account."""
        if model is None:
            return None
        path = f"{path}/{name}"
        return Account(
            path=path,
            iban=self.value(model.iban, path, "iban"),
            number=self.value(model.number, path, "number"),
            scheme=model.scheme,
            proxy=self.value(model.proxy, path, "proxy"),
            name=self.value(model.name, path, "name"),
        )

    def institution(self, model: InstitutionJson | None, path: str, name: str) -> Institution | None:
        """An institution."""
        if model is None:
            return None
        path = f"{path}/{name}"
        return Institution(
            path=path,
            bic=self.value(model.bic, path, "bic"),
            lei=self.value(model.lei, path, "lei"),
            clearing_id=self.value(model.clearing_id, path, "clearing_id"),
            name=self.value(model.name, path, "name"),
            address=self.address(model.address, path, "address"),
            account=self.account(model.account, path, "account"),
            other=self.all(model.other, path, "other"),
        )

    def institutions(self, models: tuple[InstitutionJson, ...], path: str, name: str) -> tuple[Institution, ...]:
        """A list of institutions."""
        if not models:
            return ()
        found = (self.institution(model, f"{path}/{name}", str(index)) for index, model in enumerate(models))
        return tuple(institution for institution in found if institution is not None)
