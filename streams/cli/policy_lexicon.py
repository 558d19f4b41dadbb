"""payment-filter policy show --lexicon: who answers for which meaningless words, when they are due, what they hit.

Hits are counted from decision records, each with the business date of its payment: a review asks which words never
hit. A finding on a name or an account says which word it met; the parts of an address do not, and are not counted.
Requirements: DET-16.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from schemas.information.lexicon import LEXICON

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

# As schemas/information/meaningless.py words it: no-data 'unknown' (EN), tier certain
_WORD = re.compile(r"""(?P<group>[a-z0-9_-]+) (?P<mark>['"])(?P<term>.*?)(?P=mark) \((?P<language>[A-Z]{2})\)""")


@dataclass(frozen=True, slots=True)
class GroupUse:
    """One group of the lexicon: its owner and dates, and what its words met."""

    group: str
    language: str
    owner: str
    added: str
    next_review: str
    overdue: bool
    hits: int
    last_hit: str | None
    words: dict[str, int]


def lexicon_use(records: Iterable[dict[str, Any]], today: date) -> list[GroupUse]:
    """Every group, in the order of the lexicon."""
    words: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    last: dict[tuple[str, str], str] = {}
    for record in records:
        days = {one["payment"]: one["business_date"] or "" for one in record["payments"]}
        for finding in record["findings"]:
            match = _WORD.match(finding["detail"])
            if match is not None:
                key = match["group"], match["language"]
                words[key][match["term"]] += 1
                last[key] = max(last.get(key, ""), days.get(finding["payment"], ""))
    return [
        GroupUse(
            group=one.group,
            language=one.language,
            owner=one.owner,
            added=one.added.isoformat(),
            next_review=one.next_review.isoformat(),
            overdue=one.next_review <= today,
            hits=words[one.group, one.language].total(),
            last_hit=last.get((one.group, one.language)) or None,
            words=dict(sorted(words[one.group, one.language].items())),
        )
        for one in LEXICON.reviews
    ]


def lexicon_lines(table: Iterable[GroupUse], *, counted: bool) -> Iterator[str]:
    """One line a group; hits only where decision records were given."""
    yield f"lexicon {LEXICON.version}"
    for one in table:
        due = "OVERDUE since" if one.overdue else "review by"
        used = f", {one.hits} hits, last {one.last_hit or 'never'}" if counted else ""
        yield f"{one.group:20} {one.language}  owner {one.owner}, added {one.added}, {due} {one.next_review}{used}"
        yield from (f"    {count:6}  {term}" for term, count in one.words.items())
