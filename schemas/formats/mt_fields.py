"""The fields of an MT payment as they are being used up; what nobody takes becomes a text.

Sources: SWIFT Standards MT General Information, Categories 1 and 2; the code words of fields 70, 72 and 77B from their
definitions there and from the CBPR+ translation rules (`/ULTD/`, `/ULTB/`).
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from schemas.formats import mt_parties
from schemas.formats.unreadable import unreadable_field
from schemas.formats.values import currency, fin_amount, fin_date
from schemas.payment import Amount, Institution, Party, PaymentIds, Text, TextKind, Value

if TYPE_CHECKING:
    from datetime import date

    from schemas.finding import Finding
    from schemas.formats.fin import Field, FinMessage
    from schemas.payment import Account

# A look at a member goes through its class (a quarter of a microsecond in Python 3.11): the hot ones have own names.
_OTHER = TextKind.OTHER
PAYER = ("50A", "50F", "50K")
PAYEE = ("59", "59A", "59F")
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
_INSTITUTIONS = frozenset(f"5{number}{option}" for number in range(1, 9) for option in "ABCD")
_NAMED_IN_72 = re.compile(r"/(?:INS|INTA)/([A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?)", re.ASCII)
_RETURNED = ("/REJT/", "/RETN/")
_ULTIMATE = re.compile(r"/(ULTB|ULTD)/([^/]+)(?:/.*)?", re.ASCII)
_RESIDENCE = re.compile(r"/(BENEFRES|ORDERRES)/([A-Z]{2})(?:/.*)?", re.ASCII)
_REPEATABLE = frozenset({"13C", "23E", "71F"})
_END_TO_END = re.compile(r"/ROC/([^/]+)", re.ASCII)
_USER_PLAIN = {
    "103": re.compile(r"[A-Z]{3}", re.ASCII),
    "111": re.compile(r"\d{3}", re.ASCII),
    "113": re.compile(r"[A-Z0-9]{1,4}", re.ASCII),
    "119": re.compile(r"[A-Z0-9]{1,8}", re.ASCII),
    "121": re.compile(r"[0-9a-fA-F-]{36}", re.ASCII),
}
_BRACES = re.compile(r"[{}]+")
# Checksums, time and number of the message, and the marks of the system that delivered it (block S): no free text.
_TRAILER_PLAIN = re.compile(
    r"\s*(?:\{5:(?:\{(?:MAC:[0-9A-F]{8}|CHK:[0-9A-F]{12}|(?:PDE|PDM|DLM|TNG):"
    r"|(?:PDE|PDM):\d{4}(?:\d{6}[A-Z0-9]{12}\d{10})?|(?:MRF|SYS):\d{6,10}(?:\d{6}[A-Z0-9]{12}\d{10})?)\})*\}\s*)?"
    r"(?:\{S:(?:\{[A-Z]{3}:[A-Z]?\})*\}\s*)?[-\x03\s]*",
    re.ASCII,
)


class Fields:
    """The fields of one sequence of a message."""

    def __init__(self, fields: list[Field]) -> None:
        self.left = list(fields)
        self.problems: list[Finding] = []
        self._first: dict[str, Field] = {}
        self._note_doubles()

    def _note_doubles(self) -> None:
        """A field that may stand once stands twice: the first counts here, but others may read the second."""
        seen: dict[str, str] = {}
        first = self._first
        for field in self.left:
            tag = field.tag
            if tag not in first:
                first[tag] = field
            key = tag[:2] if tag[0] == "5" and not tag[2:3].isdigit() else tag  # of these one option stands
            if key not in seen:
                seen[key] = tag
            elif tag not in _REPEATABLE:
                detail = f"{tag} stands beside {seen[key]}; which one counts is not told"
                self.problems.append(unreadable_field(field.path, field.text, detail))

    def first(self, tag: str) -> Field | None:
        """The first field of this tag, which is not one of a party or an institution: those are used up."""
        return self._first.get(tag)

    def settlement(self) -> tuple[Amount | None, date | None]:
        """32A: date, currency, amount. The field stays, so that whatever is wrong with it is screened."""
        field = self.first("32A")
        if field is None:
            self.problems.append(unreadable_field(":32A:", "", "the payment has no amount"))
            return None, None
        day = fin_date(field.text[:6])
        if isinstance(day, str):
            self.problems.append(unreadable_field(field.at(0), field.text, f"the date {day}"))
            return self._amount(field, field.text[6:]), None
        return self._amount(field, field.text[6:]), day

    def instructed(self) -> Amount | None:
        """33B: currency and amount as ordered."""
        field = self.first("33B")
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

    def party(self, tags: tuple[str, ...], absent: str) -> tuple[Party, Account | None]:
        """The party in the first of these fields, with its account; at that place where there is none."""
        for number, field in enumerate(self.left):
            if field.tag in tags:
                del self.left[number]
                return mt_parties.party(field)
        return Party(absent), None

    def institutions(self, last: str) -> dict[str, Institution]:
        """The institutions by the number of their field; a second one of the same number stays as a text.

        `last` are the second digits that are institutions in this type of message.
        """
        named: dict[str, Institution] = {}
        left: list[Field] = []
        for field in self.left:
            tag = field.tag
            if tag in _INSTITUTIONS and tag[1] in last and tag[:2] not in named:
                named[tag[:2]] = mt_parties.institution(field)
            else:
                left.append(field)
        self.left = left
        return named

    def named_in_72(self) -> list[Institution]:
        """Instructing and intermediary institutions that field 72 names by BIC."""
        field = self.first("72")
        found: list[Institution] = []
        if field is None:
            return found
        for number, line in enumerate(field.lines):
            coded = _NAMED_IN_72.fullmatch(line.strip())
            if coded:
                found.append(Institution(field.at(number), bic=Value(coded[1], field.at(number))))
        return found

    def returned(self) -> bool:
        """Whether the message gives back or refuses another: field 72 then begins with a code word that says so."""
        field = self.first("72")
        return field is not None and field.text.startswith(_RETURNED)

    def ultimates(self) -> tuple[Party | None, Party | None]:
        """Who stands behind the payer (`ULTD`) and the payee (`ULTB`), as field 70 tells."""
        told = self._coded("70", _ULTIMATE)
        payer, payee = told.get("ULTD"), told.get("ULTB")
        return (
            None if payer is None else Party(payer.path, name=payer),
            None if payee is None else Party(payee.path, name=payee),
        )

    def residents(self, payer: Party, payee: Party) -> tuple[Party, Party]:
        """Payer (`ORDERRES`) and payee (`BENEFRES`) with the country of residence that field 77B tells."""
        told = self._coded("77B", _RESIDENCE)
        return (
            replace(payer, residence_country=told["ORDERRES"]) if "ORDERRES" in told else payer,
            replace(payee, residence_country=told["BENEFRES"]) if "BENEFRES" in told else payee,
        )

    def _coded(self, tag: str, form: re.Pattern[str]) -> dict[str, Value]:
        """What the code words of a field say, each the first time; a line with // goes on with the one before."""
        field = self.first(tag)
        if field is None or "/" not in field.text:
            return {}
        lines: list[tuple[str, int]] = []
        for number, line in enumerate(field.lines):
            if lines and line.startswith("//"):
                lines[-1] = (lines[-1][0] + line[2:], lines[-1][1])
            else:
                lines.append((line, number))
        told: dict[str, Value] = {}
        for text, number in lines:
            found = form.fullmatch(text) if text.startswith("/") else None
            if found and found[1] not in told and found[1] in field.text:
                told[found[1]] = Value(found[2], field.at(number))
        return told

    def ids(self, message: FinMessage, remittance: Field | None) -> PaymentIds:
        """The identifiers in block 3, in field 20 and in the remittance information."""
        user, reference = message.user, self.first("20")
        end_to_end = _END_TO_END.search(remittance.text) if remittance else None
        return PaymentIds(
            message=Value(user["108"], "{3:{108:}}") if "108" in user else None,
            instruction=Value(reference.text, reference.at(0)) if reference else None,
            end_to_end=Value(end_to_end[1].strip(), remittance.path) if end_to_end and remittance else None,
            uetr=Value(user["121"], "{3:{121:}}") if "121" in user else None,
        )

    def texts(self) -> list[Text]:
        """Every field that is left, whole, except those that have the form of a mere code, date or amount."""
        return [
            Text(_KINDS.get(field.tag, _OTHER), field.text, field.path)
            for field in self.left
            if field.text.strip() and not (field.tag in _PLAIN and _PLAIN[field.tag].fullmatch(field.text))
        ]


def user_texts(message: FinMessage) -> list[Text]:
    """What blocks 3 and 5 say beside codes, checksums and the UETR."""
    texts = [
        Text(TextKind.REFERENCE, text, f"{{3:{{{tag}:}}}}")
        for tag, text in message.user.items()
        if text.strip() and not (tag in _USER_PLAIN and _USER_PLAIN[tag].fullmatch(text))
    ]
    texts += [Text(TextKind.OTHER, text, "{3:}") for text in _BRACES.split(message.astray) if text.strip()]
    if not _TRAILER_PLAIN.fullmatch(message.trailer):
        texts.append(Text(TextKind.OTHER, message.trailer.strip(), "{5:}"))
    return texts


def correspondents(message: FinMessage) -> tuple[Institution | None, Institution | None]:
    """Sender and receiver, as the headers tell."""
    first, second = ("{1:}", "{2:}") if message.outgoing else ("{2:}", "{1:}")
    return _end(first, message.sender), _end(second, message.receiver)


@lru_cache(maxsize=4096)  # a BIC is cut out of the headers: nothing long is kept
def _end(path: str, bic: str) -> Institution | None:
    return Institution(path, bic=Value(bic, path)) if bic else None


def own_accounts(named: dict[str, Institution]) -> list[Institution]:
    """Those, taken out, that name nobody: 53B to 55B with an account only says which account is used."""
    return [named.pop(key) for key in ("53", "54", "55") if key in named and _only_an_account(named[key])]


def _only_an_account(institution: Institution) -> bool:
    return institution.bic is None and institution.name is None and institution.clearing_id is None
