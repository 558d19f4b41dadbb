"""What the schemes ask beside the law on transfers of funds: address formats by date, the SEPA data set.

These are other families of rules: a payment may be complete in law and still be told here.
Sources: CBPR+ usage guidelines and EPC rulebooks (addresses); Regulation (EU) 260/2012, Annex (data of credit transfers
and direct debits in euro). Requirements: PAY-11.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas.finding import Finding, Reason
from schemas.identifiers import is_country
from schemas.information.lexicon import normalise
from schemas.information.profiles import structured_only
from schemas.payment import PaymentKind, Rail

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemas.information.profiles import Profile
    from schemas.payment import Account, Address, Party, Payment

_SEPA = frozenset({Rail.SCT, Rail.SCT_INST})
_COLLECTED = frozenset({PaymentKind.DIRECT_DEBIT, PaymentKind.DIRECT_DEBIT_INITIATION})
_LINES, _LINE = 2, 70  # a hybrid address has at most two lines of seventy characters


def format_findings(payment: Payment, rail: Rail, profiles: tuple[Profile, ...]) -> list[Finding]:
    """What the schemes will not take, each a notice."""
    found = list(_sepa(payment)) if rail in _SEPA else []
    profile = structured_only(profiles)
    if profile is None:
        return found
    parties = (payment.payer, payment.payee, payment.ultimate_payer, payment.ultimate_payee, payment.initiating_party)
    for address in [one.address for one in parties if one is not None and one.address is not None]:
        said = unstructured(address)
        if said:
            found.append(Finding(Reason.ADDRESS_UNSTRUCTURED, address.path, "", said, profile.source))
    return found


def unstructured(address: Address) -> str:
    """Why an address is not structured or hybrid, "" where it is, or where there are no lines at all."""
    if not address.lines:
        return ""
    if address.town is None or address.country is None or not is_country(address.country.text):
        return "lines without a structured town and country"
    if len(address.lines) > _LINES or any(len(line.text) > _LINE for line in address.lines):
        return f"more than {_LINES} lines of {_LINE} characters beside the structured parts"
    town = normalise(address.town.text)
    if town and any(town == normalise(line.text) for line in address.lines):
        return "the town is repeated in a line"
    return ""


def _sepa(payment: Payment) -> Iterator[Finding]:
    """Payer's name and both IBANs, an amount in euro; for a direct debit the payee's name too."""
    article = "Regulation (EU) 260/2012 Annex, 3(b)" if payment.kind in _COLLECTED else _CREDIT_TRANSFER
    if payment.kind in _NO_TRANSFER:
        return
    lacking = [] if _named(payment.payer) else ["payer's name"]
    if payment.kind in _COLLECTED and not _named(payment.payee):
        lacking.append("payee's name")
    lacking += [] if _has_iban(payment.payer_account) else ["payer's IBAN"]
    lacking += [] if _has_iban(payment.payee_account) else ["payee's IBAN"]
    lacking += [] if payment.amount is None or payment.amount.currency == "EUR" else ["amount in euro"]
    if lacking:
        yield Finding(Reason.SEPA_DATA_MISSING, payment.path, "", f"not there: {', '.join(lacking)}", article)


_CREDIT_TRANSFER = "Regulation (EU) 260/2012 Annex, 2(b)"
_NO_TRANSFER = frozenset({PaymentKind.RETURN, PaymentKind.CANCELLATION_REQUEST})


def _named(party: Party | None) -> bool:
    return party is not None and party.name is not None and party.name.text.strip() != ""


def _has_iban(account: Account | None) -> bool:
    return account is not None and account.iban is not None and account.iban.text.strip() != ""
