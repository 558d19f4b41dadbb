"""One labelled case, as a person writes it, turned into the Payment and Context that a decoder and a hub would give.

Every key is known or refused: a fact that nobody reads would make a case pass for the wrong reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from schemas.context import Batch, Context, PriorStage
from schemas.identifiers import bic_country, is_uetr
from schemas.payment import (
    Account,
    Address,
    Amount,
    Identification,
    Institution,
    Party,
    Payment,
    PaymentIds,
    Rail,
    Role,
    Value,
)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


DAYS = {"r2015": date(2024, 6, 3), "r2023": date(2026, 3, 2)}  # a day in the life of each law
_RAILS = {
    **{rail.value: rail for rail in Rail},
    "swift_mx": Rail.CBPR,
    **dict.fromkeys(("card", "e_money", "mobile", "cheque"), Rail.DOMESTIC),  # no agreed set of characters
}
_CASE = _words(
    "id title role payer_psp payee_psp intermediaries transfer payer payee context expected as_of depends_on "
    "note notes tags"
)
_TRANSFER = _words(
    "rail amount currency amount_eur account_based funding payout suspicion linked_total_eur batch instrument"
)
_CONTEXT = _words("indicators prior_psp_stage rfi_state sanctions lei_provided_by_payer fraud_hold")
_REQUESTS = _words("none open sent pending waiting answered received complete closed")
_NO_HIT = _words("none no_hit clear cleared false_positive not_screened")
_PERSONAL = frozenset({"ARNU", "CCPT", "DRLC", "NIDN", "SOSE", "TXID", "CUST", "POID", "EMPL", "TELE"})


class CaseNotUnderstood(Exception):  # noqa: N818 - it says that, not that something failed
    """A case says something this product does not know; the sentence names the place."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A case ready to be judged. `own_bics`: our institution in it, none where the case gives no BIC for it."""

    payment: Payment
    context: Context
    own_bics: tuple[str, ...]


def days_of(raw: object) -> dict[str, date]:
    """The date each law is tested on: one for each, or one for all."""
    if raw is None:
        return dict(DAYS)
    if not isinstance(raw, dict):
        return dict.fromkeys(DAYS, _day(raw, "as_of"))
    return {**DAYS, **{str(law): _day(text, f"as_of.{law}") for law, text in raw.items()}}


def read_case(raw: dict[str, Any], law: str, defaults: dict[str, date], home: str) -> Labelled:
    """One case under one law; `home` is the country we are in unless it says otherwise. Raises CaseNotUnderstood."""
    _known(raw, _CASE, "the case")
    days = {**defaults, **days_of(raw["as_of"])} if raw.get("as_of") is not None else defaults
    if law not in days:
        raise CaseNotUnderstood(f"unknown law {law!r}; known are {', '.join(sorted(days))}")
    transfer = _table(raw.get("transfer"), _TRANSFER, "transfer")
    rail = _rail(transfer.get("rail"))
    ends = [_institution(raw.get(name), name) for name in ("payer_psp", "payee_psp")]
    between = tuple(_institution(one, "intermediaries") for one in _list(raw.get("intermediaries"), "intermediaries"))
    payer, payee = (_table(raw.get(name), _PARTY, name) for name in ("payer", "payee"))
    role = _role(raw.get("role"))
    payment = Payment(
        format="MT103" if rail is Rail.SWIFT_MT else "case",
        position=0,
        path="",
        ids=_ids(payer, payee),
        rail=rail,
        business_date=days[law],
        business_date_path="as_of",
        amount=_amount(transfer),
        payer=_party(payer, "payer"),
        payer_account=_account(payer.get("account"), "payer.account"),
        payer_institution=ends[0],
        payee=_party(payee, "payee"),
        payee_account=_account(payee.get("account"), "payee.account"),
        payee_institution=ends[1],
        intermediaries=tuple(one for one in between if one is not None),
    )
    return Labelled(payment, _context(raw.get("context"), transfer, role), _own(role, payment, home))


def _own(role: Role, payment: Payment, home: str) -> tuple[str, ...]:
    """Our own BIC: that of the institution at our role; between the ends, one at home, else the last."""
    ends = {Role.PAYER: payment.payer_institution, Role.PAYEE: payment.payee_institution}
    candidates = (ends[role],) if role in ends else payment.intermediaries
    bics = [one.bic.text for one in candidates if one is not None and one.bic is not None]
    at_home = [bic for bic in bics if bic_country(bic) == home]
    return tuple((at_home or bics)[-1:])


def _context(raw: object, transfer: dict[str, Any], role: Role) -> Context:
    given = _table(raw, _CONTEXT, "context")
    based = _table(transfer.get("account_based"), frozenset({"payer", "payee"}), "transfer.account_based")
    instrument = _table(transfer.get("instrument"), None, "transfer.instrument")
    return Context(
        role=role,
        payer_account_based=_flag(based.get("payer"), "transfer.account_based.payer"),
        payee_account_based=_flag(based.get("payee"), "transfer.account_based.payee"),
        payer_lei_given=_flag(given.get("lei_provided_by_payer"), "context.lei_provided_by_payer"),
        amount_eur=_decimal(transfer.get("amount_eur"), "transfer.amount_eur"),
        linked_total_eur=_decimal(transfer.get("linked_total_eur"), "transfer.linked_total_eur"),
        funding=_text(transfer.get("funding")),
        payout=_text(transfer.get("payout")),
        suspicion=_flag(transfer.get("suspicion"), "transfer.suspicion") or False,
        batch=_batch(transfer.get("batch")),
        instrument_kind=_text(instrument.get("kind")),
        instrument_facts=tuple(sorted((name, _fact(value)) for name, value in instrument.items() if name != "kind")),
        indicators=tuple(map(str, _list(given.get("indicators"), "context.indicators"))),
        prior_stage=_stage(given.get("prior_psp_stage")),
        request_expired=_answer(given, "rfi_state", _REQUESTS, known_start="expired"),
        fraud_hold=_flag(given.get("fraud_hold"), "context.fraud_hold") or False,
        open_hit=_answer(given, "sanctions", _NO_HIT, known_start="open"),
    )


def _answer(given: dict[str, Any], name: str, others: frozenset[str], known_start: str) -> bool:
    """Whether a state is the one that matters (`open_hit`, `expired` and what begins so); others must be known ones."""
    said = str(given.get(name) or "none")
    if said.startswith(known_start):
        return True
    if said not in others:
        known = ", ".join(sorted({known_start, *others}))
        raise CaseNotUnderstood(f"unknown context.{name} {said!r}; known are {known}")
    return False


def _batch(raw: object) -> Batch | None:
    if raw is None:
        return None
    names = ("single_payer", "header_complete", "header_verified")
    given = _table(raw, frozenset(names), "transfer.batch")
    return Batch(*[_flag(given.get(name), f"transfer.batch.{name}") or False for name in names])


_PARTY = _words("name account address birth official_id customer_id lei uti bic any_bic residence_country kind type")
_ADDRESS = {
    "street": "street",
    "building": "building",
    "house_number": "building",
    "postcode": "postcode",
    "post_code": "postcode",
    "postal_code": "postcode",
    "town": "town",
    "city": "town",
    "subdivision": "subdivision",
    "state": "subdivision",
}
_LINES = frozenset({"lines", "line", "unstructured", "po_box"})
_NUMBERS = {"other": "", "bban": "BBAN", "pan": "CARD", "card": "CARD", "number": ""}


def _party(given: dict[str, Any], path: str) -> Party | None:
    if not any(given.values()):
        return None
    birth = _table(given.get("birth"), frozenset({"date", "city", "town", "place", "country"}), f"{path}.birth")
    town = next((birth[name] for name in ("city", "town", "place") if birth.get(name)), None)
    return Party(
        path=path,
        name=_value(given.get("name"), f"{path}.name"),
        address=_address(given.get("address"), f"{path}.address"),
        birth_date=_value(birth.get("date"), f"{path}.birth.date"),
        birth_town=_value(town, f"{path}.birth.city"),
        birth_country=_country(birth.get("country"), f"{path}.birth.country"),
        identifications=_identifications(given, path),
        lei=_value(given.get("lei"), f"{path}.lei"),
        bic=_value(given.get("any_bic") or given.get("bic"), f"{path}.bic"),
        residence_country=_country(given.get("residence_country"), f"{path}.residence_country"),
    )


def _identifications(given: dict[str, Any], path: str) -> tuple[Identification, ...]:
    raw = given.get("official_id")
    documents = raw if isinstance(raw, list) else [raw] if raw else []
    legal = str(given.get("kind") or given.get("type")).startswith(("legal", "organisation", "company"))
    found = []
    for one in documents:
        document = _table(one, frozenset({"type", "value", "country", "issuer"}), f"{path}.official_id")
        scheme = str(document.get("type") or "")
        number = _value(document.get("value"), f"{path}.official_id.value")
        if number is not None:
            organisation = legal or (bool(scheme) and scheme not in _PERSONAL)
            found.append(Identification(number, scheme, organisation=organisation))
    customer = _value(given.get("customer_id"), f"{path}.customer_id")
    return tuple(found) if customer is None else (*found, Identification(customer, "CUST"))


def _address(raw: object, path: str) -> Address | None:
    if raw is None:
        return None
    if isinstance(raw, (str, list)):
        raw = {"lines": raw}
    given = _table(raw, frozenset(_ADDRESS) | _LINES | {"country"}, path)
    lines: list[Value] = []
    for name in sorted(_LINES & set(given)):
        text = given[name] if isinstance(given[name], list) else [given[name]]
        lines += [Value(str(one), f"{path}.{name}") for one in text if one is not None]
    parts = {_ADDRESS[name]: _value(text, f"{path}.{name}") for name, text in given.items() if name in _ADDRESS}
    return Address(
        path=path,
        lines=tuple(lines),
        street=parts.get("street"),
        building=parts.get("building"),
        postcode=parts.get("postcode"),
        town=parts.get("town"),
        subdivision=parts.get("subdivision"),
        country=_country(given.get("country"), f"{path}.country"),
    )


def _account(raw: object, path: str) -> Account | None:
    if raw is None:
        return None
    if isinstance(raw, (str, int)):
        raw = {"other": raw}
    given = _table(raw, frozenset({"iban", "proxy", "scheme", *_NUMBERS}), path)
    name = next((one for one in _NUMBERS if given.get(one) is not None), "other")
    return Account(
        path=path,
        iban=_value(given.get("iban"), f"{path}.iban"),
        number=_value(given.get(name), f"{path}.{name}"),
        scheme=str(given.get("scheme") or _NUMBERS[name]),
        proxy=_value(given.get("proxy"), f"{path}.proxy"),
    )


def _institution(raw: object, path: str) -> Institution | None:
    """An institution. Where only its country is given, it is one with some BIC of that country."""
    if raw is None:
        return None
    given = _table(raw, frozenset({"country", "bic", "name", "lei", "clearing_id"}), path)
    country = _country(given.get("country"), f"{path}.country")
    bic = given.get("bic") or (None if country is None else f"AAAA{country.text}XX")
    return Institution(
        path=path,
        bic=_value(bic, f"{path}.bic"),
        lei=_value(given.get("lei"), f"{path}.lei"),
        clearing_id=_value(given.get("clearing_id"), f"{path}.clearing_id"),
        name=_value(given.get("name"), f"{path}.name"),
    )


def _ids(payer: dict[str, Any], payee: dict[str, Any]) -> PaymentIds:
    """The unique transaction identifier stands with the parties in a case, once in a message."""
    value = _value(payer.get("uti") or payee.get("uti"), "payer.uti")
    if value is not None and is_uetr(value.text):
        return PaymentIds(uetr=value)
    return PaymentIds(transaction=value)


def _amount(transfer: dict[str, Any]) -> Amount | None:
    value = _decimal(transfer.get("amount"), "transfer.amount")
    return None if value is None else Amount(value, str(transfer.get("currency") or ""), "transfer.amount")


def _rail(raw: object) -> Rail:
    if raw is None:
        return Rail.UNKNOWN
    try:
        return _RAILS[str(raw)]
    except KeyError:
        raise CaseNotUnderstood(f"unknown rail {raw!r}; known are {', '.join(sorted(_RAILS))}") from None


def _role(raw: object) -> Role:
    try:
        return Role(str(raw))
    except ValueError:
        raise CaseNotUnderstood(f"unknown role {raw!r}; known are {', '.join(Role)}") from None


def _stage(raw: object) -> PriorStage:
    try:
        return PriorStage.NONE if raw is None else PriorStage(str(raw))
    except ValueError:
        raise CaseNotUnderstood(f"unknown context.prior_psp_stage {raw!r}; known are {', '.join(PriorStage)}") from None


def _known(given: dict[str, Any], known: frozenset[str], place: str) -> None:
    unknown = sorted(str(key) for key in given if key not in known)
    if unknown:
        raise CaseNotUnderstood(f"unknown key {unknown[0]!r} in {place}; known are {', '.join(sorted(known))}")


def _table(raw: object, known: frozenset[str] | None, place: str) -> dict[str, Any]:
    if raw is None:
        return {}
    if not isinstance(raw, dict):
        raise CaseNotUnderstood(f"{place} must be a table of fields, not {raw!r}")
    if known is not None:
        _known(raw, known, place)
    return {str(key): value for key, value in raw.items()}


def _list(raw: object, place: str) -> list[Any]:
    if raw is None or isinstance(raw, list):
        return raw or []
    raise CaseNotUnderstood(f"{place} must be a list, not {raw!r}")


def _value(raw: object, path: str) -> Value | None:
    return None if raw is None else Value(_fact(raw), path)


def _text(raw: object) -> str | None:
    return None if raw is None else str(raw)


def _fact(raw: object) -> str:
    return str(raw).lower() if isinstance(raw, bool) else str(raw)


def _country(raw: object, path: str) -> Value | None:
    if isinstance(raw, bool):
        raise CaseNotUnderstood(f'{path}: YAML reads NO as a yes-or-no answer; write it in quotes ("NO")')
    return _value(raw, path)


def _flag(raw: object, place: str) -> bool | None:
    if raw is None or isinstance(raw, bool):
        return raw
    raise CaseNotUnderstood(f"{place} must be true or false, not {raw!r}")


def _decimal(raw: object, place: str) -> Decimal | None:
    if raw is None:
        return None
    try:
        return Decimal(str(raw))
    except InvalidOperation:
        raise CaseNotUnderstood(f"{place}: {raw!r} is no amount") from None


def _day(raw: object, place: str) -> date:
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    try:
        return date.fromisoformat(str(raw))
    except ValueError:
        raise CaseNotUnderstood(f"{place}: {raw!r} is no date (YYYY-MM-DD)") from None
