"""Each item the law names, judged: there or not, meaning something or not, within the conventions of the rail or not.

Every function answers None for a good item, else the kind of failure with its place and its words.
Requirements: PAY-01 to PAY-05, DET-12, DET-15.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from schemas.context import Context
from schemas.finding import Item, Kind
from schemas.identifiers import is_bic, is_iban, is_lei, is_uetr, looks_like_iban
from schemas.information.characters import Convention, convention_of, extended_by, inadmissible
from schemas.information.law import Law
from schemas.information.lexicon import Tier
from schemas.information.meaningless import Verdict, is_zero_iban, judge_account, judge_id, judge_name, speaks_for
from schemas.information.policy import InformationPolicy
from schemas.information.profiles import Profile, structured_only
from schemas.information.scope import BIC_PARTY
from schemas.information.third_element import Conventions, State, elements_of, judge_elements
from schemas.payment import Payment, Rail
from schemas.quick import quick

if TYPE_CHECKING:
    from collections.abc import Callable

    from schemas.payment import Account, Party, PaymentIds


# A look at a member goes through its class (a quarter of a microsecond in Python 3.11): the hot ones have own names.
_PAYER_NAME, _PAYEE_NAME = Item.PAYER_NAME, Item.PAYEE_NAME
_PAYER_ACCOUNT, _PAYEE_ACCOUNT = Item.PAYER_ACCOUNT, Item.PAYEE_ACCOUNT
_FULL = State.FULL


@quick
@dataclass(frozen=True, slots=True)
class Failure:
    """How an item fails. `seen` verbatim; `wanted` names the parts that would complete it."""

    item: Item
    kind: Kind
    path: str
    seen: str = ""
    detail: str = ""
    wanted: tuple[str, ...] = ()


@quick
@dataclass(frozen=True, slots=True)
class Case:
    """A payment with all that its items are judged by."""

    payment: Payment
    context: Context
    policy: InformationPolicy
    law: Law
    rail: Rail
    day: date
    allowed: frozenset[str]
    profiles: tuple[Profile, ...] = ()

    def convention(self, *, extended: bool) -> Convention:
        """The characters of the rail, and those agreed with an institution of this payment while the contract runs."""
        convention = convention_of(self.rail, self.payment.format, extended=extended)
        for one in self.policy.character_extensions:
            if self.day <= one.expires and one.counterparty[:BIC_PARTY] in self._counterparties():
                convention = extended_by(convention, one.characters, one.contract)
        return convention

    def _counterparties(self) -> set[str]:
        payment = self.payment
        ends = (payment.payer_institution, payment.payee_institution, payment.sender, payment.receiver)
        return {one.bic.text[:BIC_PARTY] for one in ends if one is not None and one.bic is not None}


@quick
@dataclass(frozen=True, slots=True)
class Told:
    """What is worth telling about a name that passed, or that was not required."""

    path: str
    seen: str
    detail: str


Judged = tuple[Failure | None, Told | None]


def judge_payer_name(case: Case) -> Judged:
    """The payer's name."""
    return _name(case, _PAYER_NAME, case.payment.payer)


def judge_payee_name(case: Case) -> Judged:
    """The payee's name."""
    return _name(case, _PAYEE_NAME, case.payment.payee)


def _name(case: Case, item: Item, party: Party | None) -> Judged:
    if party is None or party.name is None or not party.name.text.strip():
        if party is not None and party.bic is not None and is_bic(party.bic.text):
            return None, None  # CBPR+: where AnyBIC identifies a party, a name is not allowed
        path = case.payment.path if party is None else party.path if party.name is None else party.name.path
        return Failure(item, Kind.MISSING, path), None
    name = party.name
    outside = inadmissible(name.text, case.convention(extended=True))
    verdict = judge_name(name.text) or _borrowed(name.text, case.payment)
    told = None
    if verdict is not None:
        saved = "" if verdict.tier is Tier.POSSIBLE else speaks_for(party, verdict, case.allowed)
        said = [f"{verdict.because}, tier {verdict.tier}", f"for it: {saved}" if saved else "", outside]
        detail = "; ".join(part for part in said if part)
        if verdict.tier is not Tier.POSSIBLE and not saved:
            return Failure(item, Kind.MEANINGLESS, name.path, name.text, detail), None
        told = Told(name.path, name.text, detail)
    if outside:
        return Failure(item, Kind.INADMISSIBLE, name.path, name.text, outside), told
    return None, told


def _borrowed(name: str, payment: Payment) -> Verdict | None:
    """A name that only repeats an account number or an institution's BIC of the same message."""
    compact = name.strip()
    if " " in compact:
        return None
    compact = compact.upper()
    for account in (payment.payer_account, payment.payee_account):
        for number in () if account is None else (account.iban, account.number):
            if number is not None and number.text.replace(" ", "").upper() == compact:
                return Verdict(Tier.CERTAIN, "the number of an account in the same message")
    for institution in (payment.payer_institution, payment.payee_institution):
        if institution is not None and institution.bic is not None and institution.bic.text == compact:
            return Verdict(Tier.CERTAIN, "the BIC of an institution in the same message")
    return None


def judge_payer_account(case: Case) -> Judged:
    """The payer's account, or a unique transaction identifier where the transfer is not from an account."""
    return _account(case, _PAYER_ACCOUNT, case.payment.payer_account, case.context.payer_account_based), None


def judge_payee_account(case: Case) -> Judged:
    """The payee's account, or a unique transaction identifier where the transfer is not to an account."""
    return _account(case, _PAYEE_ACCOUNT, case.payment.payee_account, case.context.payee_account_based), None


def _account(case: Case, item: Item, account: Account | None, account_based: bool | None) -> Failure | None:  # noqa: FBT001 # the context's own word
    failure = _number(case, item, account)
    if failure is None or failure.kind is Kind.INADMISSIBLE:
        return failure  # what is there must keep to the conventions (Art. 7(1), 11(1)), though it could be left out
    if account_based is None:
        account_based = case.rail is not Rail.REMITTANCE
    if not account_based and not case.context.identifier_reused and transaction_identifier(case.payment.ids):
        return None  # Art. 4(3)
    return failure


def _number(case: Case, item: Item, account: Account | None) -> Failure | None:
    if account is None:
        return Failure(item, Kind.MISSING, case.payment.path)
    value = account.iban if account.iban is not None and account.iban.text.strip() else account.number
    if value is None or not value.text.strip():
        detail = "" if account.proxy is None else "a proxy is no account number"
        return Failure(item, Kind.MISSING, account.path, "", detail)
    if is_iban(value.text) and not is_zero_iban(value.text):
        return None
    verdict = judge_account(value.text)
    if verdict is not None:
        return Failure(item, Kind.MEANINGLESS, value.path, value.text, verdict.because)
    if value is account.iban or looks_like_iban(value.text):
        return Failure(item, Kind.INADMISSIBLE, value.path, value.text, "no valid IBAN")
    outside = inadmissible(value.text, case.convention(extended=False))
    return Failure(item, Kind.INADMISSIBLE, value.path, value.text, outside) if outside else None


def transaction_identifier(ids: PaymentIds) -> str:
    """The unique transaction identifier of a message, "" where it has none. The end-to-end id is the customer's own.

    It stands in for an account only where there is none (PAY-06). A placeholder identifies nothing, however unique its
    field should be, and one that was used before no single transaction (PAY-07).
    """
    if ids.uetr is not None and is_uetr(ids.uetr.text.strip()):
        return ids.uetr.text
    for one in (ids.transaction, ids.clearing, ids.instruction):
        if one is not None and one.text.strip() and judge_id(one.text) is None:
            return one.text
    return ""


_STATE_KIND = {
    State.ABSENT: Kind.MISSING,
    State.MEANINGLESS: Kind.MEANINGLESS,
    State.PARTIAL: Kind.INCOMPLETE,
    State.INADMISSIBLE: Kind.INADMISSIBLE,
}


_HOW = {
    State.MEANINGLESS: " (means nothing)",
    State.PARTIAL: " (in part)",
    State.INADMISSIBLE: " (outside the conventions)",
    State.FULL: "",
}


def judge_third_element(case: Case) -> Judged:
    """The payer's address, document number, customer number, or date and place of birth (PAY-03)."""
    payer, readings = case.payment.payer, case.policy.readings
    convention = case.convention(extended=True)
    structured = case.policy.unstructured_address == "inadmissible" and structured_only(case.profiles) is not None
    conventions = Conventions(convention, case.convention(extended=False), structured)
    found = elements_of(payer, case.day, readings, conventions)
    state, wanted = judge_elements(found, case.law, readings)
    if state is _FULL:
        return None, None
    path = case.payment.path if payer is None else payer.path
    parts = [(name, getattr(found, name)) for name in ("address", "document", "customer", "birth")]
    there = [f"{name}{_HOW[how]}" for name, how in parts if how is not State.ABSENT]
    detail = f"there: {', '.join(there) or 'nothing'}; wanted: {', '.join(wanted)}"
    return Failure(Item.PAYER_THIRD_ELEMENT, _STATE_KIND[state], path, "", detail, wanted), None


# MT messages have no field for it.
def has_lei_field(case: Case) -> bool:
    """Whether the format can carry a party's LEI at all."""
    return case.rail is not Rail.SWIFT_MT and not case.payment.format.upper().startswith("MT")


def judge_payer_lei(case: Case) -> Judged:
    """The payer's LEI, where the payer gave it to us and the format has a field for it (2023/1113 Art. 4(1)(d)).

    Only the payer's own institution knows what the payer gave.
    """
    if not (case.law.lei and case.context.payer_lei_given and has_lei_field(case)):
        return None, None
    payer = case.payment.payer
    if payer is None or payer.lei is None or not payer.lei.text.strip():
        path = case.payment.path if payer is None else payer.path
        return Failure(
            Item.PAYER_LEI, Kind.MISSING, path, "", "the payer gave its LEI, the message does not carry it"
        ), None
    if is_lei(payer.lei.text):
        return None, None
    return Failure(Item.PAYER_LEI, Kind.INADMISSIBLE, payer.lei.path, payer.lei.text, "no valid LEI"), None


JUDGES: dict[Item, Callable[[Case], Judged]] = {
    Item.PAYER_NAME: judge_payer_name,
    Item.PAYEE_NAME: judge_payee_name,
    Item.PAYER_ACCOUNT: judge_payer_account,
    Item.PAYEE_ACCOUNT: judge_payee_account,
    Item.PAYER_THIRD_ELEMENT: judge_third_element,
    Item.PAYER_LEI: judge_payer_lei,
}
