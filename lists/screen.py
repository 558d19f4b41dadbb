"""Screen payments: every name, text, number and place of a whole batch against one edition, each finding explained.

The whole batch asks the engine twice, once for names and once for texts, each different string once; what a payment
gets depends on its own words alone. Names are held by Regulation (EU) 269/2014 Art. 2 and its like: no funds to a
listed party, directly or indirectly. What is discounted, cleared or left out by policy stays in the findings, with a
reason that moves nothing. Requirements: SCR-01, SCR-03, SCR-05, SCR-09.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from lists.applies import ALL_APPLY, Applying, LeftOut
from lists.facts import NOTHING_KNOWN, Facts, Known
from lists.fields import Field, Method, Whose, fields_of
from lists.findings import by_measure, cleared, named, not_applied, numbered, on_own_list, placed, weighed
from lists.geography import Place, Where, may_name_a_place, place_of_country, places_in
from lists.index import Hit
from lists.policy import ScreenedField
from lists.thresholds import floors, threshold_for
from schemas.finding import Family, Finding, Reason, precedence
from schemas.payment import Payment, PaymentIds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lists.index import Index
    from lists.numbers import NumberHit
    from lists.policy import ScreeningPolicy
    from schemas.payment import Party

_UNREADABLE_LETTERS = 20_000
_PIECE_LETTERS = 2_000
_PIECE_OVERLAP = 100
_TAGS = re.compile(r"<[^<>]{0,500}>")
_NOT_DECODED = "\ufffd"
_ASCII_DIGIT = re.compile("[0-9]")


# Asked of every field: members of an enumeration are looked up once, here.
_NAME, _COUNTRY, _BIC, _IBAN = Method.NAME, Method.COUNTRY, Method.BIC, Method.IBAN
_CODES: Final = frozenset({_COUNTRY, _BIC, _IBAN, Method.NUMBER})
_TEXTS: Final = frozenset({Method.TEXT, Method.LINES, Method.WHERE})
_FOR_NAMES_ALONE: Final = frozenset({Method.LINES, Method.WHERE})
_THRESHOLDS: Final = {
    Method.TEXT: ScreenedField.TEXT,
    Method.LINES: ScreenedField.LINES,
    Method.WHERE: ScreenedField.ADDRESS,
}
_PLACED: Final = {
    Method.NAME: Where.NAME,
    Method.TEXT: Where.TEXT,
    Method.ADDRESS: Where.ADDRESS,
    Method.TOWN: Where.TOWN,
}


_Answers: TypeAlias = Mapping[Method, Mapping[str, Sequence[Hit]]]
"""What the engine says of each different string of a batch, by how it was asked."""


class _Question(NamedTuple):
    """One payment, what is known beside it, and the lists that do not apply to it."""

    payment: Payment
    known: Known
    out: LeftOut


_NO_PAYMENT = _Question(Payment("unreadable", 1, "", PaymentIds()), NOTHING_KNOWN, ALL_APPLY)


def screen(
    payments: Sequence[Payment],
    index: Index,
    policy: ScreeningPolicy,
    known: Sequence[Known] = (),
    *,
    every_list: bool = False,
) -> list[tuple[Finding, ...]]:
    """The findings of each payment, in order of precedence; the same whatever else is in the batch.

    `known` is what the hub knows of each payment beside its message; none at all where it knows nothing. `every_list`
    asks also the lists that the policy leaves out by nexus or rail.
    """
    told = known or [NOTHING_KNOWN] * len(payments)
    asked = [fields_of(payment) for payment in payments]
    answers = _ask([field for fields in asked for field in fields], index, policy)
    applying = Applying(policy)
    questions = [
        _Question(payment, one, ALL_APPLY if every_list else applying.left_out(payment, one.rail))
        for payment, one in zip(payments, told, strict=True)
    ]
    return [
        _findings(fields, question, answers, index, policy) for fields, question in zip(asked, questions, strict=True)
    ]


def screen_bytes(raw: bytes, index: Index, policy: ScreeningPolicy) -> tuple[Finding, ...]:
    """The findings of a message nobody could decode, screened as text.

    Where it is longer than what is screened, a finding says so: such a message must not be sent back as harmless.
    """
    text = _TAGS.sub(" ", raw.decode(_encoding(raw), errors="replace").replace(_NOT_DECODED, " "))
    read = text[:_UNREADABLE_LETTERS]
    fields = [
        Field(Method.TEXT, read[start : start + _PIECE_LETTERS + _PIECE_OVERLAP], f"characters from {start + 1}")
        for start in range(0, len(read), _PIECE_LETTERS)
    ]
    findings = _findings(fields, _NO_PAYMENT, _ask(fields, index, policy), index, policy)
    if len(text) <= _UNREADABLE_LETTERS:
        return findings
    cut = f"only the first {_UNREADABLE_LETTERS:,} of {len(text):,} characters were screened"
    return (Finding(Reason.FIELD_UNREADABLE, "", detail=cut), *findings)


def _encoding(raw: bytes) -> str:
    """UTF-16 where it is marked, or every other of the first bytes is zero as in Latin text; else UTF-8."""
    head = raw[:200]
    marked = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    if marked:
        return "utf-16"
    if head[1::2].count(0) > len(head) // 3:
        return "utf-16-le"
    return "utf-16-be" if head[::2].count(0) > len(head) // 3 else "utf-8"


def _ask(fields: Iterable[Field], index: Index, policy: ScreeningPolicy) -> _Answers:
    names = list(dict.fromkeys([field.text for field in fields if field.method is _NAME]))
    texts = list(dict.fromkeys([field.text for field in fields if field.method in _TEXTS]))
    of_names, of_texts = floors(policy)
    found = dict(zip(texts, index.search_texts(texts, of_texts), strict=True))
    return {
        _NAME: dict(zip(names, index.search(names, of_names), strict=True)),
        **dict.fromkeys(_TEXTS, found),
    }


def _findings(
    fields: Sequence[Field], question: _Question, answers: _Answers, index: Index, policy: ScreeningPolicy
) -> tuple[Finding, ...]:
    found: list[Finding] = list(not_applied(question.out))
    told: set[tuple[str, ...]] = set()
    for field, seen in _seen(fields, answers, index):
        for finding in _bounded(_of_field(field, seen, question, policy), policy.max_findings_per_field):
            # A party's lines hold its name again, and a number with a word in it is read twice: told once, where it
            # stands first.
            keys = _keys(finding, field)
            if told.isdisjoint(keys if field.method is Method.LINES else keys[:1]):
                found.append(finding)
            told.update(keys)
    return tuple(sorted(found, key=precedence))


def _keys(finding: Finding, field: Field) -> tuple[tuple[str, ...], ...]:
    """What a finding tells: this entry under this name at this place, and this entry for this owner."""
    match = finding.match
    entry = ("", "", "") if match is None else (match.list, match.reference, match.matched_name)
    told = (finding.reason.value, finding.path, *entry)
    # A cleared name does not answer for one in the lines: that is judged by itself.
    weight = "" if finding.facts.family is Family.LISTED else finding.reason.value
    return (told, (weight, *entry[:2], field.owner)) if field.owner else (told,)


def _bounded(findings: Iterable[Finding], most: int) -> list[Finding]:
    """The best findings of a field: at most so many for each reason, so that no reason hides another."""
    found = list(findings)
    kept: list[Finding] = []
    counts: dict[Reason, int] = {}
    for finding in sorted(found, key=precedence):
        counts[finding.reason] = counts.get(finding.reason, 0) + 1
        if counts[finding.reason] <= most:
            kept.append(finding)
    return kept


class _Seen(NamedTuple):
    """What names, numbers and places say of one field."""

    hits: Sequence[Hit]
    numbers: Sequence[NumberHit]
    places: Sequence[Place]


def _seen(fields: Sequence[Field], answers: _Answers, index: Index) -> list[tuple[Field, _Seen]]:
    """The fields something was seen in: nearly none.

    The words of a payment are sieved all at once: in most there can be no listed number and no place, and only codes
    and whole numbers are left to be looked up. In what is not ASCII numbers are looked for field by field.
    """
    texts = [field.text for field in fields if field.method not in _FOR_NAMES_ALONE]
    words = "\n".join(texts)
    mixed = not words.isascii()
    numbered = index.numbers.may_be_in("\n".join(filter(str.isascii, texts)) if mixed else words)
    placed_ = may_name_a_place(words)
    found: list[tuple[Field, _Seen]] = []
    for field in fields:
        method, text = field.method, field.text
        code, worded = method in _CODES, numbered or (mixed and not text.isascii())
        asked = None if code else answers.get(method)
        hits = () if asked is None else asked[text]
        numbers = _numbers(field, index, words=worded) if code or worded else ()
        places = _places(field, words=placed_) if code or placed_ else ()
        if hits or numbers or places:
            found.append((field, _Seen(hits, numbers, places)))
    return found


def _of_field(field: Field, seen: _Seen, question: _Question, policy: ScreeningPolicy) -> Iterator[Finding]:
    yield from _names(seen.hits, field, question, policy)
    for number in seen.numbers:
        if not _is_left_out(number.entry.list, field, question.out):
            found = on_own_list(numbered(field, number), number.entry, question.known.on)
            yield by_measure(found, number.entry, policy)
    for place in seen.places:
        yield from placed(field, place, policy)


def _kind_of(field: Field) -> ScreenedField:
    of_name = ScreenedField.INSTITUTION if field.institution else ScreenedField.NAME
    return _THRESHOLDS.get(field.method, of_name)


def _is_left_out(name: str, field: Field, out: LeftOut) -> bool:
    return name in out.everywhere or (field.whose is Whose.END and name in out.ends)


def _names(hits: Iterable[Hit], field: Field, question: _Question, policy: ScreeningPolicy) -> Iterator[Finding]:
    """The hits that reach their threshold, as what is known of the party leaves them."""
    reason = Reason.LISTED_NAME if field.method is Method.NAME else Reason.LISTED_NAME_IN_TEXT
    kind = _kind_of(field)
    for hit in hits:
        if hit.score < threshold_for(hit, kind, policy) or _is_left_out(hit.entry.list, field, question.out):
            continue
        finding = named(reason, field, hit)
        party = field.party
        if party is not None:
            finding = _of_party(finding, hit, field, party, question, policy)
        own = hit.entry.terms is not None and finding.facts.family is Family.LISTED
        yield on_own_list(finding, hit.entry, question.known.on) if own else by_measure(finding, hit.entry, policy)


def _of_party(  # noqa: PLR0913, PLR0917 - a step of the function above
    finding: Finding, hit: Hit, field: Field, party: Party, question: _Question, policy: ScreeningPolicy
) -> Finding:
    """The finding as good guys and what is known of the party leave it. Good guys are payers and payees."""
    payment, known = question.payment, question.known
    payer = field.whose is Whose.END and party is payment.payer
    if policy.good_guys_table is not None and field.whose is Whose.END:
        account = payment.payer_account if payer else payment.payee_account
        line = policy.good_guys_table.covering(party, account, hit.entry, known.on)
        if line is not None:
            return cleared(finding, line)
    threshold = threshold_for(hit, _kind_of(field), policy)
    return weighed(finding, hit.entry, Facts.of(party, known, payer=payer), threshold, policy)


def _numbers(field: Field, index: Index, *, words: bool) -> Sequence[NumberHit]:
    """The listed numbers of a field; `words` tells whether one may stand among its words."""
    method, text = field.method, field.text
    if method is _BIC:
        return index.numbers.bic(text)
    if method in _CODES:
        hits = index.numbers.field(text, field.family)
        return hits or (index.numbers.text(text) if words and " " in text else ())
    if method in _FOR_NAMES_ALONE:
        return ()
    return index.numbers.text(text) if method is Method.TEXT or _has_digit(text) else ()


def _has_digit(text: str) -> bool:
    return _ASCII_DIGIT.search(text) is not None if text.isascii() else any(map(str.isdigit, text))


def _places(field: Field, *, words: bool) -> Sequence[Place]:
    """The places a field names, by its code or, where `words` tells that one may stand there, by its words."""
    method, text = field.method, field.text
    if method is _COUNTRY:
        place = place_of_country(text)
        return (place,) if place is not None else places_in(text, Where.TOWN) if words else ()
    if method is _BIC or method is _IBAN:
        code = text.strip()[4:6] if method is _BIC else text.strip()[:2]
        place = place_of_country(code)
        return () if place is None else (place,)
    where = _PLACED.get(method)
    return () if where is None else places_in(text, where, field.country)
