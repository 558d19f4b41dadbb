"""Reason: why, one closed list in order of precedence. Finding: one reason at one place, with its evidence.

The definition order of `Reason` is the order in which findings are reported; `REASONS` gives each its sentence, its
legal source and what kind of thing it is (SCP-06). A new reason is one line in each; a test names what is forgotten.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from schemas.quick import quick


class Family(StrEnum):
    """What a reason means for the payment."""

    FAILURE = "failure"  # a required check could not run: nothing is executed
    LISTED = "listed"  # a listed party or thing may be involved
    DEFECT = "defect"  # required information is not there
    NOTICE = "notice"  # worth telling a person; never moves a payment by itself
    RECORD = "record"  # kept in the decision for whoever looks it up; nobody is told


class Kind(StrEnum):
    """How required information fails, worst first (Art. 7(1), 8(1), 11(1), 12(1))."""

    MISSING = "missing"
    MEANINGLESS = "meaningless"
    INCOMPLETE = "incomplete"
    INADMISSIBLE = "inadmissible"


class Item(StrEnum):
    """The pieces of information the law names (Art. 4)."""

    PAYER_NAME = "payer.name"
    PAYER_ACCOUNT = "payer.account"
    PAYER_THIRD_ELEMENT = "payer.third_element"
    PAYER_LEI = "payer.lei"
    PAYEE_NAME = "payee.name"
    PAYEE_ACCOUNT = "payee.account"
    PAYEE_LEI = "payee.lei"


class Reason(StrEnum):
    """Why. Closed; ordered by precedence."""

    MESSAGE_UNREADABLE = "message-unreadable"
    INTERNAL_ERROR = "internal-error"
    LISTS_NOT_USABLE = "lists-not-usable"
    CONTEXT_INVALID = "context-invalid"
    FIELD_UNREADABLE = "field-unreadable"
    OPEN_HIT = "open-hit"
    LISTED_NAME = "listed-name"
    LISTED_INSTITUTION = "listed-institution"
    LISTED_IDENTIFIER = "listed-identifier"
    LISTED_NAME_IN_TEXT = "listed-name-in-text"
    SANCTIONED_PLACE = "sanctioned-place"
    OWN_LIST_HIT = "own-list-hit"
    FRAUD_HOLD = "fraud-hold"
    PAYER_ACCOUNT_MISSING = "payer-account-missing"
    PAYER_ACCOUNT_MEANINGLESS = "payer-account-meaningless"
    PAYER_ACCOUNT_INADMISSIBLE = "payer-account-inadmissible"
    PAYEE_ACCOUNT_MISSING = "payee-account-missing"
    PAYEE_ACCOUNT_MEANINGLESS = "payee-account-meaningless"
    PAYEE_ACCOUNT_INADMISSIBLE = "payee-account-inadmissible"
    PAYER_NAME_MISSING = "payer-name-missing"
    PAYER_NAME_MEANINGLESS = "payer-name-meaningless"
    PAYER_NAME_INADMISSIBLE = "payer-name-inadmissible"
    PAYEE_NAME_MISSING = "payee-name-missing"
    PAYEE_NAME_MEANINGLESS = "payee-name-meaningless"
    PAYEE_NAME_INADMISSIBLE = "payee-name-inadmissible"
    PAYER_THIRD_ELEMENT_MISSING = "payer-third-element-missing"
    PAYER_THIRD_ELEMENT_MEANINGLESS = "payer-third-element-meaningless"
    PAYER_THIRD_ELEMENT_INCOMPLETE = "payer-third-element-incomplete"
    PAYER_THIRD_ELEMENT_INADMISSIBLE = "payer-third-element-inadmissible"
    PAYER_LEI_MISSING = "payer-lei-missing"
    PAYER_LEI_INADMISSIBLE = "payer-lei-inadmissible"
    NAME_ABSENT_INTRA_UNION = "name-absent-intra-union"
    MEANINGLESS_NON_REQUIRED = "meaningless-non-required"
    MEANINGLESS_LIKELY = "meaningless-likely"
    PLACE_TO_REVIEW = "place-to-review"
    DATE_IMPLAUSIBLE = "date-implausible"
    INSTITUTION_NOT_LOCATED = "institution-not-located"
    SEPA_DATA_MISSING = "sepa-data-missing"
    ADDRESS_UNSTRUCTURED = "address-unstructured"
    INFORMATION_INCONSISTENT = "information-inconsistent"
    OWN_LIST_REVIEW = "own-list-review"
    LISTED_OTHER_MEASURE = "listed-other-measure"
    LISTED_NAME_CLEARED = "listed-name-cleared"
    LISTED_NAME_DISCOUNTED = "listed-name-discounted"
    LISTS_NOT_APPLIED = "lists-not-applied"
    OWN_LIST_EXPIRED = "own-list-expired"


@quick
@dataclass(frozen=True, slots=True)
class ReasonFacts:
    """What a reason is: its sentence for people, its source in the law, and how the matrix sees it."""

    family: Family
    sentence: str
    source: str
    item: Item | None = None
    kind: Kind | None = None


@quick
@dataclass(frozen=True, slots=True)
class Piece:
    """One step of a comparison: these words of the payment against these words of the entry.

    `similarity` 0..1; `bits` how rare the listed words are (log2); `points` what the step adds to a score out of 100.
    A missing or extra word stands with an empty partner and negative or zero points.
    """

    query: str
    listed: str
    similarity: float
    bits: float
    points: float


@quick
@dataclass(frozen=True, slots=True)
class Match:
    """The evidence of a listed finding: which entry, under which of its names, by which words, and why the score.

    `list` and `reference` identify the entry as its publisher does; `entry_name` is its primary name, `matched_name`
    the alias, number or place that matched; `strength` that alias' quality (primary, strong, weak). `span` is the
    part of the field that matched; `score` 0..1; `method` one of exact, name, text, identifier, institution, place.
    """

    list: str
    reference: str
    entry_name: str
    entry_kind: str
    matched_name: str
    strength: str
    span: str
    score: float
    method: str
    pieces: tuple[Piece, ...] = ()
    programmes: tuple[str, ...] = ()


@quick
@dataclass(frozen=True, slots=True)
class Finding:
    """One reason at one place.

    `path` is the place in the original message, or where the missing thing should stand. `seen` is what stood there,
    verbatim. `detail` says in words what was wrong ("placeholder 'unknown' (EN), tier certain"). `source` is the
    article for this case; empty means the reason's own source. `wanted` names the parts that would complete an item
    that is only partly there (address, address_country, document_number, customer_number, birth_date, birth_place).
    """

    reason: Reason
    path: str
    seen: str = ""
    detail: str = ""
    source: str = ""
    match: Match | None = None
    wanted: tuple[str, ...] = ()

    @property
    def facts(self) -> ReasonFacts:
        """The sentence, source, family, item and kind of this finding's reason."""
        return REASONS[self.reason]

    @property
    def article(self) -> str:
        """The legal source of this finding."""
        return self.source or self.facts.source


def _item_reasons() -> dict[Reason, ReasonFacts]:
    says = {
        Kind.MISSING: "is missing",
        Kind.MEANINGLESS: "is there but means nothing",
        Kind.INCOMPLETE: "is only partly there",
        Kind.INADMISSIBLE: "is outside the conventions of the rail",
    }
    articles = {
        Item.PAYER_NAME: "Art. 4(1)(a)",
        Item.PAYER_ACCOUNT: "Art. 4(1)(b)",
        Item.PAYER_THIRD_ELEMENT: "Art. 4(1)(c)",
        Item.PAYER_LEI: "Art. 4(1)(d)",
        Item.PAYEE_NAME: "Art. 4(2)(a)",
        Item.PAYEE_ACCOUNT: "Art. 4(2)(b)",
        Item.PAYEE_LEI: "Art. 4(2)(c)",
    }
    words = {
        Item.PAYER_THIRD_ELEMENT: "The payer's address, document number, customer number or date and place of birth",
        Item.PAYER_LEI: "The payer's LEI",
        Item.PAYEE_LEI: "The payee's LEI",
    }
    table = {}
    for item in Item:
        who, what = item.value.split(".")
        for kind in Kind:
            key = f"{who}-{what.replace('_', '-')}-{kind.value}"
            if key in set(Reason):
                subject = words.get(item, f"The {who}'s {what}")
                table[Reason(key)] = ReasonFacts(
                    Family.DEFECT, f"{subject} {says[kind]}.", f"Regulation (EU) 2023/1113 {articles[item]}", item, kind
                )
    return table


_OWN_SOURCE = "The bank's own list: purpose, owner and reason stand in the entry"
_LIST_SOURCE = "Regulation (EU) 2023/1113 Art. 23; the list's own act"

REASONS: dict[Reason, ReasonFacts] = {
    Reason.MESSAGE_UNREADABLE: ReasonFacts(
        Family.FAILURE,
        "The message cannot be read, or is of a type that is not decided here.",
        "Regulation (EU) 2023/1113 Art. 7(1), 11(1)",
    ),
    Reason.INTERNAL_ERROR: ReasonFacts(
        Family.FAILURE,
        "The filter failed on this payment; it was not checked.",
        "Fail closed: a check that did not run",
    ),
    Reason.LISTS_NOT_USABLE: ReasonFacts(
        Family.FAILURE, "The sanctions lists are missing, stale or refused.", "Fail closed: a check that did not run"
    ),
    Reason.CONTEXT_INVALID: ReasonFacts(
        Family.FAILURE, "The hub's context header makes no sense.", "Contract of payments.inbound"
    ),
    Reason.FIELD_UNREADABLE: ReasonFacts(
        Family.FAILURE, "A field the decision needs cannot be read.", "Regulation (EU) 2023/1113 Art. 7(1), 11(1)"
    ),
    Reason.OPEN_HIT: ReasonFacts(
        Family.LISTED, "The hub reports an open sanctions hit on this payment.", "Regulation (EU) 2023/1113 Art. 23"
    ),
    Reason.LISTED_NAME: ReasonFacts(Family.LISTED, "A name may be that of a listed party.", _LIST_SOURCE),
    Reason.LISTED_INSTITUTION: ReasonFacts(Family.LISTED, "An institution's BIC is listed.", _LIST_SOURCE),
    Reason.LISTED_IDENTIFIER: ReasonFacts(
        Family.LISTED,
        "A number is that of a listed party or thing.",
        _LIST_SOURCE,
    ),
    Reason.LISTED_NAME_IN_TEXT: ReasonFacts(Family.LISTED, "A free text may name a listed party.", _LIST_SOURCE),
    Reason.SANCTIONED_PLACE: ReasonFacts(
        Family.LISTED, "A place under a comprehensive embargo is named.", "The country's own sanctions act"
    ),
    Reason.OWN_LIST_HIT: ReasonFacts(
        Family.LISTED, "A name or number stands on a list of the bank's own that asks to hold payments.", _OWN_SOURCE
    ),
    Reason.FRAUD_HOLD: ReasonFacts(
        Family.LISTED, "The hub holds this payment for a fraud call-back.", "Regulation (EU) 2023/1113 Art. 9"
    ),
    **_item_reasons(),
    Reason.NAME_ABSENT_INTRA_UNION: ReasonFacts(
        Family.NOTICE,
        "A transfer inside the Union has no payer name; accounts suffice in law.",
        "Regulation (EU) 2023/1113 Art. 5(1)",
    ),
    Reason.MEANINGLESS_NON_REQUIRED: ReasonFacts(
        Family.NOTICE,
        "A field that is not required here is there but means nothing.",
        "EBA/GL/2024/11; JC/GL/2017/16",
    ),
    Reason.MEANINGLESS_LIKELY: ReasonFacts(
        Family.NOTICE,
        "A field looks meaningless, but not surely enough to count as missing.",
        "EBA/GL/2024/11; JC/GL/2017/16",
    ),
    Reason.PLACE_TO_REVIEW: ReasonFacts(
        Family.NOTICE,
        "A place under sanctions may be named; the context speaks against it.",
        "The country's own sanctions act",
    ),
    Reason.DATE_IMPLAUSIBLE: ReasonFacts(
        Family.NOTICE,
        "The business date is missing or cannot be true; the law in force latest was applied.",
        "Regulation (EU) 2023/1113 Art. 40",
    ),
    Reason.INSTITUTION_NOT_LOCATED: ReasonFacts(
        Family.NOTICE,
        "An institution has no BIC that says where it is; it counts as outside the Union.",
        "JC/GL/2017/16; EBA/GL/2024/11",
    ),
    Reason.SEPA_DATA_MISSING: ReasonFacts(
        Family.NOTICE,
        "A payment under the SEPA schemes lacks data that the schemes' own regulation asks for.",
        "Regulation (EU) 260/2012 Annex",
    ),
    Reason.ADDRESS_UNSTRUCTURED: ReasonFacts(
        Family.NOTICE,
        "An address is in a format that the scheme no longer takes.",
        "CBPR+ usage guidelines; EPC rulebooks",
    ),
    Reason.INFORMATION_INCONSISTENT: ReasonFacts(
        Family.NOTICE,
        "Two facts about a party do not go together.",
        "EBA/GL/2024/11",
    ),
    Reason.OWN_LIST_REVIEW: ReasonFacts(
        Family.NOTICE, "A name or number stands on a list of the bank's own that asks to look at it.", _OWN_SOURCE
    ),
    Reason.LISTED_OTHER_MEASURE: ReasonFacts(
        Family.NOTICE,
        "A party may be involved that is listed for other measures than on its funds, which the policy names.",
        "SAMLA 2018 s. 4, 6, 7 (immigration, aircraft, shipping)",
    ),
    Reason.LISTED_NAME_CLEARED: ReasonFacts(
        Family.RECORD,
        "A name like a listed one was cleared: two people, or both birth date and nationality, tell them apart.",
        "EBA/GL/2024/15 4.1.3",
    ),
    Reason.LISTED_NAME_DISCOUNTED: ReasonFacts(
        Family.RECORD,
        "A name is like a listed one, but what is known of the party contradicts; it does not count as found.",
        "EBA/GL/2024/15 4.1.6",
    ),
    Reason.LISTS_NOT_APPLIED: ReasonFacts(
        Family.RECORD,
        "The policy leaves a list out for this payment, or for its payer and payee.",
        "Regulation (EU) 260/2012 Art. 5d(2); EBA/GL/2024/15 4.1.5",
    ),
    Reason.OWN_LIST_EXPIRED: ReasonFacts(
        Family.RECORD, "A name or number stood on a list of the bank's own; its entry has expired.", _OWN_SOURCE
    ),
}

_PRECEDENCE = {reason: rank for rank, reason in enumerate(Reason)}


def precedence(finding: Finding) -> tuple[int, str, str, str]:
    """Sort key: reason by definition order, then place, then entry: the same on every machine."""
    match = finding.match
    return (
        _PRECEDENCE[finding.reason],
        finding.path,
        "" if match is None else f"{1 - match.score:.6f}{match.list}{match.reference}",
        finding.detail,
    )
