"""MT103, single customer credit transfer, with its variants STP (`{119:STP}`) and REMIT.

Source: SWIFT Standards MT Category 1, MT103; the reading of block 2 from FIN System Messages. The text block alone,
without headers, is read as an MT103 when it has a payer or payee and nothing of another type.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from schemas.formats import fin, mt_parties
from schemas.formats.chain import split_chain
from schemas.formats.other_types import not_decided
from schemas.formats.unreadable import UnreadableError, unreadable_field
from schemas.formats.values import currency, fin_amount, fin_date
from schemas.payment import Amount, Institution, Message, Party, Payment, PaymentIds, Rail, Text, TextKind, Value

if TYPE_CHECKING:
    from datetime import date

    from schemas.finding import Finding
    from schemas.formats.fin import Field, FinMessage
    from schemas.formats.limits import Limits
    from schemas.payment import Account

FORMAT = "mt103"
_PAYER = ("50A", "50F", "50K")
_PAYEE = ("59", "59A", "59F")
_KINDS = {
    "20": TextKind.REFERENCE,
    "21": TextKind.REFERENCE,
    "23E": TextKind.INSTRUCTION,
    "26T": TextKind.PURPOSE,
    "70": TextKind.REMITTANCE,
    "72": TextKind.INSTRUCTION,
    "77B": TextKind.REGULATORY,
    "77T": TextKind.REMITTANCE,
}
# Fields of a closed form, left out of screening while they have it.
_PLAIN = {
    "13C": re.compile(r"/[A-Z]{1,8}/\d{4,6}(?:[+-]\d)?(?:/?[+-]\d{4})*", re.ASCII),
    "23B": re.compile(r"[A-Z]{4}", re.ASCII),
    "32A": re.compile(r"\d{6}[A-Z]{3}[\d,]{1,15}", re.ASCII),
    "33B": re.compile(r"[A-Z]{3}[\d,]{1,15}", re.ASCII),
    "36": re.compile(r"[\d,]{1,12}", re.ASCII),
    "71A": re.compile(r"[A-Z]{3}", re.ASCII),
    "71F": re.compile(r"[A-Z]{3}[\d,]{1,15}", re.ASCII),
    "71G": re.compile(r"[A-Z]{3}[\d,]{1,15}", re.ASCII),
}
_INSTITUTION = re.compile(r"5[1-7][ABCD]", re.ASCII)
_NAMED_IN_72 = re.compile(r"/(?:INS|INTA)/([A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?)", re.ASCII)
_OPTIONS = re.compile(r"5\d[A-Z]?", re.ASCII)  # fields of which one option stands
_REPEATABLE = frozenset({"13C", "23E", "71F"})
_END_TO_END = re.compile(r"/ROC/([^/]+)", re.ASCII)


def decode(raw: bytes, limits: Limits) -> Message:
    """The one payment of an MT103."""
    message = fin.parse(raw, limits)
    _refuse_other_types(message)
    return Message(FORMAT, (_Reader(message).payment(),))


def _refuse_other_types(message: FinMessage) -> None:
    if message.type:
        if message.type != "103":
            variant = "COV" if message.user.get("119") == "COV" else ""
            raise not_decided("block 2", f"MT{message.type}{variant}")
        return
    tags = {field.tag for field in message.fields}
    if not tags & {*_PAYER, *_PAYEE} or any(tag.startswith("58") for tag in tags) or "32A" not in tags:
        raise UnreadableError(
            "block 4", "without block 2 the message type is unknown, and the fields are not an MT103's"
        )


class _Reader:
    """The fields of one message as they are being used up; what nobody takes becomes a text."""

    def __init__(self, message: FinMessage) -> None:
        self.message = message
        self.left = list(message.fields)
        self.problems: list[Finding] = []
        self._note_doubles()

    def payment(self) -> Payment:
        """All there is in the message."""
        amount, day = self._settlement()
        payer, payer_account = self._party(_PAYER, ":50a:")
        payee, payee_account = self._party(_PAYEE, ":59a:")
        named = self._institutions()
        first, second = ("{1:}", "{2:}") if self.message.outgoing else ("{2:}", "{1:}")
        sender, receiver = _end(first, self.message.sender), _end(second, self.message.receiver)
        payer_institution, payee_institution = named.pop("52", None), named.pop("57", None)
        sending = named.pop("51", None)
        own_accounts = [named.pop(key) for key in ("53", "54", "55") if key in named and _only_an_account(named[key])]
        # Where the message does not name the payer's institution, it is the sender; the payee's, the receiver.
        intermediaries, rest = split_chain(
            [sender, receiver, named.get("56"), *self._named_in_72(), *(named.get(key) for key in ("53", "55", "54"))],
            payer_institution or sender,
            payee_institution or receiver,
        )
        return Payment(
            format=FORMAT,
            position=1,
            path="block 4",
            ids=self._ids(),
            rail=Rail.SWIFT_MT,
            business_date=day,
            business_date_path="" if day is None else ":32A:1",
            amount=amount,
            instructed_amount=self._instructed(),
            payer=payer,
            payer_account=payer_account,
            payer_institution=payer_institution,
            payee=payee,
            payee_account=payee_account,
            payee_institution=payee_institution,
            intermediaries=intermediaries,
            institutions=tuple(
                other for other in (*rest, *own_accounts, sending) if other not in (None, sender, receiver)
            ),
            sender=sender,
            receiver=receiver,
            texts=self._texts(),
            problems=tuple(self.problems),
        )

    def _note_doubles(self) -> None:
        """A field that may stand once stands twice: the first counts here, but others may read the second."""
        seen: dict[str, str] = {}
        for field in self.left:
            key = field.tag[:2] if _OPTIONS.fullmatch(field.tag) else field.tag
            if key in seen and field.tag not in _REPEATABLE:
                detail = f"{field.tag} stands beside {seen[key]}; which one counts is not told"
                self.problems.append(unreadable_field(field.path, field.text, detail))
            seen.setdefault(key, field.tag)

    def _first(self, *tags: str) -> Field | None:
        return next((field for field in self.left if field.tag in tags), None)

    def _settlement(self) -> tuple[Amount | None, date | None]:
        """32A: date, currency, amount. The field stays, so that whatever is wrong with it is screened."""
        field = self._first("32A")
        if field is None:
            self.problems.append(unreadable_field(":32A:", "", "the payment has no amount"))
            return None, None
        day = fin_date(field.text[:6])
        if isinstance(day, str):
            self.problems.append(unreadable_field(field.at(0), field.text, f"the date {day}"))
            return self._amount(field, field.text[6:]), None
        return self._amount(field, field.text[6:]), day

    def _instructed(self) -> Amount | None:
        field = self._first("33B")
        return None if field is None else self._amount(field, field.text)

    def _amount(self, field: Field, text: str) -> Amount | None:
        number = fin_amount(text[3:])
        if currency(text[:3]) is None:
            self.problems.append(unreadable_field(field.at(0), field.text, "the currency is not three capital letters"))
        elif isinstance(number, str):
            self.problems.append(unreadable_field(field.at(0), field.text, f"the amount {number}"))
        else:
            return Amount(number, text[:3], field.at(0))
        return None

    def _party(self, tags: tuple[str, ...], absent: str) -> tuple[Party, Account | None]:
        field = self._first(*tags)
        if field is None:
            return Party(absent), None
        self.left.remove(field)
        return mt_parties.party(field)

    def _institutions(self) -> dict[str, Institution]:
        """The institutions by the number of their field; a second one of the same number stays as a text."""
        named: dict[str, Institution] = {}
        for field in list(self.left):
            number = field.tag[:2]
            if _INSTITUTION.fullmatch(field.tag) and number not in named:
                self.left.remove(field)
                named[number] = mt_parties.institution(field)
        return named

    def _named_in_72(self) -> list[Institution]:
        """Instructing and intermediary institutions that field 72 names by BIC."""
        field = self._first("72")
        found = []
        for number, line in enumerate(field.lines if field else ()):
            coded = _NAMED_IN_72.fullmatch(line.strip())
            if coded and field:
                found.append(Institution(field.at(number), bic=Value(coded[1], field.at(number))))
        return found

    def _ids(self) -> PaymentIds:
        user = self.message.user
        reference, remittance = self._first("20"), self._first("70")
        end_to_end = _END_TO_END.search(remittance.text) if remittance else None
        return PaymentIds(
            message=Value(user["108"], "{3:{108:}}") if "108" in user else None,
            instruction=Value(reference.text, reference.at(0)) if reference else None,
            end_to_end=Value(end_to_end[1].strip(), ":70:") if end_to_end else None,
            uetr=Value(user["121"], "{3:{121:}}") if "121" in user else None,
        )

    def _texts(self) -> tuple[Text, ...]:
        """Every field that is left, whole, and what block 3 says beside codes and the UETR."""
        texts = [
            Text(_KINDS.get(field.tag, TextKind.OTHER), field.text, field.path)
            for field in self.left
            if field.text.strip() and not (field.tag in _PLAIN and _PLAIN[field.tag].fullmatch(field.text))
        ]
        for tag, text in self.message.user.items():
            if text.strip() and not (tag in _USER_PLAIN and _USER_PLAIN[tag].fullmatch(text)):
                texts.append(Text(TextKind.REFERENCE, text, f"{{3:{{{tag}:}}}}"))
        return tuple(texts)


_USER_PLAIN = {
    "103": re.compile(r"[A-Z]{3}", re.ASCII),
    "111": re.compile(r"\d{3}", re.ASCII),
    "113": re.compile(r"[A-Z0-9]{1,4}", re.ASCII),
    "119": re.compile(r"[A-Z0-9]{1,8}", re.ASCII),
    "121": re.compile(r"[0-9a-fA-F-]{36}", re.ASCII),
}


def _end(path: str, bic: str) -> Institution | None:
    return Institution(path, bic=Value(bic, path)) if bic else None


def _only_an_account(institution: Institution) -> bool:
    """53B with an account says which of our accounts is used, and names nobody."""
    return institution.bic is None and institution.name is None and institution.clearing_id is None
