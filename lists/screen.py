"""Screen payments: every name, text, number and place of a whole batch against one edition, each finding explained.

The whole batch asks the engine twice, once for names and once for texts, each different string once; what a payment
gets depends on its own words alone. Names are held by Regulation (EU) 269/2014 Art. 2 and its like: no funds to a
listed party, directly or indirectly. Birth dates and countries explain a finding; they never take one away.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lists.fields import Field, Method, fields_of
from lists.geography import Level, Where, place_of_country, places_in
from lists.index import Hit
from schemas.finding import Finding, Match, Reason, precedence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lists.entry import Entry
    from lists.geography import Place
    from lists.index import Index
    from lists.numbers import NumberHit
    from lists.policy import ScreeningPolicy
    from schemas.payment import Party, Payment

_UNREADABLE_LETTERS = 20_000
_PIECE_LETTERS = 2_000
_PIECE_OVERLAP = 100
_TAGS = re.compile(r"<[^<>]{0,500}>")
_NOT_DECODED = "\ufffd"
_SHORTEST_ACCOUNT_LETTERS = 9
_ASCII_DIGIT = re.compile("[0-9]")
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class _Answers:
    """What the engine says of each different string of a batch."""

    names: Mapping[str, Sequence[Hit]]
    texts: Mapping[str, Sequence[Hit]]


def screen(payments: Sequence[Payment], index: Index, policy: ScreeningPolicy) -> list[tuple[Finding, ...]]:
    """The findings of each payment, in order of precedence; the same whatever else is in the batch."""
    asked = [fields_of(payment) for payment in payments]
    answers = _ask([field for fields in asked for field in fields], index, policy)
    return [_findings(fields, answers, index, policy) for fields in asked]


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
    findings = _findings(fields, _ask(fields, index, policy), index, policy)
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
    names = list(dict.fromkeys(field.text for field in fields if field.method is Method.NAME))
    texts = list(dict.fromkeys(field.text for field in fields if _is_text(field.method)))
    special = [rule.threshold for rule in policy.lists.values() if rule.threshold > 0]
    return _Answers(
        dict(zip(names, index.search(names, min([policy.name_threshold, *special])), strict=True)),
        dict(zip(texts, index.search_texts(texts, min([policy.text_threshold, *special])), strict=True)),
    )


def _findings(fields: Iterable[Field], answers: _Answers, index: Index, policy: ScreeningPolicy) -> tuple[Finding, ...]:
    found: list[Finding] = []
    told: set[tuple[str, ...]] = set()
    for field in fields:
        for finding in _bounded(_of_field(field, answers, index, policy), policy.max_findings_per_field):
            # A party's lines hold its name again, and a number with a word in it is read twice: told once, where it
            # stands first.
            keys = _keys(finding, field)
            if told.isdisjoint(keys[:1] if field.method is not Method.LINES else keys):
                found.append(finding)
            told.update(keys)
    return tuple(sorted(found, key=precedence))


def _keys(finding: Finding, field: Field) -> tuple[tuple[str, ...], ...]:
    """What a finding tells: this entry under this name at this place, and this entry for this owner."""
    match = finding.match
    if match is None:
        return ()
    told = (finding.reason.value, finding.path, match.list, match.reference, match.matched_name)
    return (told, (match.list, match.reference, field.owner)) if field.owner else (told,)


def _bounded(findings: Iterable[Finding], most: int) -> list[Finding]:
    """The best findings of a field: at most so many for each reason, so that no reason hides another."""
    found = list(findings)
    if len(found) <= 1:  # nearly every field has none
        return found[:most]
    kept: list[Finding] = []
    counts: dict[Reason, int] = {}
    for finding in sorted(found, key=precedence):
        counts[finding.reason] = counts.get(finding.reason, 0) + 1
        if counts[finding.reason] <= most:
            kept.append(finding)
    return kept


def _of_field(field: Field, answers: _Answers, index: Index, policy: ScreeningPolicy) -> Iterator[Finding]:
    """Everything one field gives, by the method that fits it."""
    method = field.method
    if method is Method.NAME:
        hits = _above(answers.names[field.text], policy.name_threshold, policy)
        yield from (_named(Reason.LISTED_NAME, field, hit) for hit in hits)
    elif _is_text(method):
        hits = _above(answers.texts[field.text], policy.text_threshold, policy)
        yield from (_named(Reason.LISTED_NAME_IN_TEXT, field, hit) for hit in hits)
    yield from (_numbered(field, hit) for hit in _numbers(field, index))
    yield from (finding for place in _places(field) for finding in _placed(field, place, policy))


def _is_text(method: Method) -> bool:
    return method is Method.TEXT or method is Method.LINES


def _above(hits: Iterable[Hit], threshold: float, policy: ScreeningPolicy) -> list[Hit]:
    """The hits that reach the threshold of their list, or of the field where the list has none."""
    rules = policy.lists
    return [
        hit
        for hit in hits
        if hit.score >= ((rule.threshold if (rule := rules.get(hit.entry.list)) else 0) or threshold)
    ]


def _numbers(field: Field, index: Index) -> list[NumberHit]:
    method, text = field.method, field.text
    if method is Method.TEXT:
        return index.numbers.text(text)
    if method is Method.NAME or method is Method.ADDRESS or method is Method.TOWN:
        return index.numbers.text(text) if _has_digit(text) else []
    if method is Method.BIC:
        return index.numbers.bic(text)
    if method is Method.NUMBER or method is Method.IBAN or method is Method.COUNTRY:
        hits = index.numbers.field(text, field.family)
        return hits or (index.numbers.text(text) if " " in text else [])
    return []


def _has_digit(text: str) -> bool:
    return _ASCII_DIGIT.search(text) is not None if text.isascii() else any(map(str.isdigit, text))


def _places(field: Field) -> Sequence[Place]:
    method, text = field.method, field.text
    if method is Method.COUNTRY:
        place = place_of_country(text)
        return places_in(text, Where.TOWN) if place is None else [place]
    if method is Method.BIC or method is Method.IBAN:
        code = text.strip()[4:6] if method is Method.BIC else text.strip()[:2]
        place = place_of_country(code)
        return [] if place is None else [place]
    where = _WHERE.get(method)
    return () if where is None else places_in(text, where, field.country)


_WHERE = {
    Method.NAME: Where.NAME,
    Method.TEXT: Where.TEXT,
    Method.ADDRESS: Where.ADDRESS,
    Method.TOWN: Where.TOWN,
}


def _named(reason: Reason, field: Field, hit: Hit) -> Finding:
    entry, name = hit.entry, hit.name
    how = "exactly" if hit.method == "exact" else f"{hit.score:.0%} like"
    detail = f"{how} {name.text!r}, {name.strength.value} name of {_entry_words(entry)}"
    match = Match(
        list=entry.list,
        reference=entry.reference,
        entry_name=entry.name,
        entry_kind=entry.kind.value,
        matched_name=name.text,
        strength=name.strength.value,
        span=hit.span,
        score=hit.score,
        method=hit.method,
        pieces=hit.pieces,
        programmes=entry.programmes,
    )
    facts = "" if field.party is None else _facts(field.party, entry)
    return Finding(reason, _place_of(hit.span, field), field.text, detail + facts, match=match)


def _place_of(span: str, field: Field) -> str:
    """Where a name found in several lines stands: the one that holds it, or what they all belong to."""
    return next((part.path for part in field.parts if span in part.text), field.path)


def _numbered(field: Field, hit: NumberHit) -> Finding:
    entry, number = hit.entry, hit.number
    of_institution = field.institution or field.method is Method.BIC
    detail = f"{number.kind} {number.value} of {_entry_words(entry)}"
    match = Match(
        list=entry.list,
        reference=entry.reference,
        entry_name=entry.name,
        entry_kind=entry.kind.value,
        matched_name=f"{number.kind} {number.value}",
        strength="strong" if hit.telling or field.method is Method.BIC else "weak",
        span=hit.span,
        score=1.0,
        method="institution" if of_institution else "identifier",
        programmes=entry.programmes,
    )
    reason = Reason.LISTED_INSTITUTION if of_institution else Reason.LISTED_IDENTIFIER
    return Finding(reason, field.path, field.text, detail, match=match)


def _placed(field: Field, place: Place, policy: ScreeningPolicy) -> Iterator[Finding]:
    """A place the policy names holds the payment if it surely is meant; other doubt is shown to a person."""
    embargoed = place.code in policy.sanctioned_places or place.code[:2] in policy.sanctioned_places
    if place.level is Level.DROP or not (embargoed or place.watched):
        return
    sure = embargoed and place.level is Level.HIT
    match = Match(
        list="PLACES",
        reference=place.code,
        entry_name=place.name,
        entry_kind="place",
        matched_name=place.name,
        strength="primary",
        span=place.span,
        score=1.0,
        method="place",
    )
    reason = Reason.SANCTIONED_PLACE if sure else Reason.PLACE_TO_REVIEW
    yield Finding(reason, field.path, field.text, f"{place.span!r} names {place.code}: {place.why}", match=match)


def _entry_words(entry: Entry) -> str:
    return f"{entry.kind.value} {entry.name!r} ({entry.list} {entry.reference})"


def _facts(party: Party, entry: Entry) -> str:
    """Birth years and countries, where both sides give them: for the person who decides, never for the score."""
    said = []
    here = _years([party.birth_date.text]) if party.birth_date is not None else []
    listed = _years(entry.birth_dates)
    if here and listed:
        said.append(f"born {here[0]} here, {' or '.join(listed)} on the list")
    country = _country(party)
    if country and entry.countries:
        said.append(f"{country} here, {' or '.join(entry.countries)} on the list")
    return "".join(f"; {words}" for words in said)


def _years(dates: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(year for date in dates for year in _YEAR.findall(date)))


def _country(party: Party) -> str:
    of_address = party.address.country if party.address is not None else None
    value = of_address or party.residence_country
    return "" if value is None else value.text
