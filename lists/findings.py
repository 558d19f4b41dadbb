"""From what the engine, the numbers and the places say of a field to findings with their evidence."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from lists.entry import OwnAction
from lists.facts import Facts, contradictions, discounted, homonym
from lists.fields import Method
from lists.geography import Level
from lists.ownership import OWNED
from lists.policy import Homonyms
from schemas.finding import Family, Finding, Match, Reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from lists.applies import LeftOut
    from lists.entry import Entry
    from lists.fields import Field
    from lists.geography import Place
    from lists.good_guys import GoodGuy
    from lists.index import Hit
    from lists.numbers import NumberHit
    from lists.policy import ScreeningPolicy
    from schemas.payment import Party

_YEAR = re.compile(r"(?:19|20)\d\d")


def named(reason: Reason, field: Field, hit: Hit) -> Finding:
    """A name found."""
    entry, name = hit.entry, hit.name
    how = "exactly" if hit.method == "exact" else f"{hit.score:.0%} like"
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
    detail = f"{how} {name.text!r}, {name.strength.value} name of {_entry_words(entry)}"
    if field.party is not None:
        detail += _facts(field.party, entry)
    return Finding(reason, _place_of(hit.span, field), field.text, detail, match=match)


def _place_of(span: str, field: Field) -> str:
    """Where a name found in several lines stands: the one that holds it, or what they all belong to."""
    return next((part.path for part in field.parts if span in part.text), field.path)


def weighed(finding: Finding, entry: Entry, facts: Facts, threshold: float, policy: ScreeningPolicy) -> Finding:
    """The finding in the light of what is known of the party: less likely, a namesake, or as it was.

    What falls below the threshold so, or is a namesake that the policy clears, goes into the record only.
    """
    found = contradictions(facts, entry)
    match = finding.match
    if match is None or not found:
        return finding
    score, pieces = discounted(match.score, found, policy.discounts)
    if pieces:
        finding = replace(finding, match=replace(match, score=score, pieces=(*match.pieces, *pieces)))
    if score < threshold:
        took = f"; {match.score:.4f} less what contradicts is below {threshold}"
        return replace(finding, reason=Reason.LISTED_NAME_DISCOUNTED, detail=finding.detail + took)
    if policy.homonyms is Homonyms.OFF or not homonym(facts, entry):
        return finding
    if policy.homonyms is Homonyms.CLEAR:
        both = "; cleared: birth date and nationality both differ"
        return replace(finding, reason=Reason.LISTED_NAME_CLEARED, detail=finding.detail + both)
    return replace(
        finding, detail=f"{finding.detail}; namesake: birth date and nationality both differ, may be cleared"
    )


def cleared(finding: Finding, line: GoodGuy) -> Finding:
    """A name that a good guy covers."""
    told = f"; cleared: good guy {line.id}, approved by {' and '.join(line.approved_by)} on {line.approved_on}"
    told += f", until {line.expires}: {line.reason}"
    return replace(finding, reason=Reason.LISTED_NAME_CLEARED, detail=finding.detail + told)


def on_own_list(finding: Finding, entry: Entry, on: date | None) -> Finding:
    """A finding on a list of the bank's own: what that entry asks for, as long as it is in force (SCR-14).

    Where no day is known it counts as in force.
    """
    terms = entry.terms
    if terms is None:
        return finding
    told = f"; {terms.purpose}: {terms.reason}; {terms.owner} answers for it until {terms.expires}"
    reason = Reason.OWN_LIST_HIT if terms.action is OwnAction.SUSPEND else Reason.OWN_LIST_REVIEW
    if on is not None and not entry.in_force_on(on.isoformat()):
        reason = Reason.OWN_LIST_EXPIRED
    return replace(finding, reason=reason, detail=finding.detail + told)


def by_measure(finding: Finding, entry: Entry, policy: ScreeningPolicy) -> Finding:
    """A finding that holds the payment, unless the entry is listed for measures alone that the policy names."""
    rule = next((one for one in policy.other_measures if one.covers(entry)), None)
    if rule is None or finding.facts.family is not Family.LISTED:
        return finding
    told = f"{finding.detail}; shown and not held: {rule.reason}"
    return replace(finding, reason=Reason.LISTED_OTHER_MEASURE, detail=told)


def not_applied(out: LeftOut) -> Iterator[Finding]:
    """What the policy left out, once for a payment."""
    if out.why:
        yield Finding(Reason.LISTS_NOT_APPLIED, "", detail="; ".join(out.why))


def numbered(field: Field, hit: NumberHit) -> Finding:
    """A number found."""
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


def placed(field: Field, place: Place, policy: ScreeningPolicy) -> Iterator[Finding]:
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
    words = f"{entry.kind.value} {entry.name!r} ({entry.list} {entry.reference})"
    if entry.measures:
        words += f"; {', '.join(entry.measures)}"
    return f"{words}; {entry.remarks}" if OWNED in entry.programmes else words


def _facts(party: Party, entry: Entry) -> str:
    """Birth years and countries, where both sides give them, for the person who decides."""
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
