from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from schemas.assessment import InformationStatus, RequiredSet
from schemas.context import Batch, Context, Direction
from schemas.finding import REASONS, Family, Finding, Item, Kind, Reason
from schemas.information.check import check
from schemas.payment import Account, Amount, Party, Payment, PaymentIds, Rail, Role, Value
from tests.information_builders import (
    INCOMING,
    INTRA_UNION,
    NO_CONTEXT,
    OLD_LAW,
    OURS,
    OUTGOING,
    PAYER,
    POLICY,
    TRANSIT,
    institution,
)

EMPTY = Payment("x", 0, "/payment", PaymentIds())


def reasons(payment: Payment, context: Context = NO_CONTEXT) -> list[Reason]:
    return [finding.reason for finding in check(payment, context, POLICY).findings]


@pytest.mark.parametrize("payment", [OUTGOING, INCOMING, TRANSIT, INTRA_UNION])
@pytest.mark.parametrize("day", [OLD_LAW, date(2026, 3, 2)])
def test_a_complete_payment_is_complete_under_both_laws(payment: Payment, day: date) -> None:
    found = check(replace(payment, business_date=day), NO_CONTEXT, POLICY)
    assert found.status is InformationStatus.COMPLETE
    assert found.findings == ()
    assert found.deadline_working_days is None
    assert found.profile == ("tof.eu_2015_847" if day == OLD_LAW else "tof.eu_2023_1113")


@pytest.mark.requirement("SCP-04")
def test_a_transfer_and_its_copy_a_day_later_meet_two_laws() -> None:
    last, first = (replace(OUTGOING, business_date=date(2024, 12, day)) for day in (29, 30))
    assert check(last, NO_CONTEXT, POLICY).profile == "tof.eu_2015_847"
    assert check(first, NO_CONTEXT, POLICY).profile == "tof.eu_2023_1113"


@pytest.mark.requirement("SCP-06")
@pytest.mark.parametrize(
    ("payment", "source"),
    [
        (replace(OUTGOING, payer_account=None), "Regulation (EU) 2023/1113 Art. 4(1)(b), 4(6)"),
        (replace(INTRA_UNION, payer_account=None), "Regulation (EU) 2023/1113 Art. 5(1), 4(1)(b), 4(6)"),
        (replace(INCOMING, payer_account=None), "Regulation (EU) 2023/1113 Art. 7(2)(b), 4(1)(b)"),
        (replace(TRANSIT, payer_account=None), "Regulation (EU) 2023/1113 Art. 11(2)(b), 4(1)(b)"),
        (
            replace(INCOMING, payer_account=None, business_date=OLD_LAW),
            "Regulation (EU) 2015/847 Art. 7(2)(b), 4(1)(b)",
        ),
    ],
)
def test_every_finding_carries_its_article(payment: Payment, source: str) -> None:
    (finding,) = check(payment, NO_CONTEXT, POLICY).findings
    assert finding.reason is Reason.PAYER_ACCOUNT_MISSING
    assert finding.article == source
    assert finding.path


@pytest.mark.requirement("PAY-01", "PAY-02", "PAY-03", "PAY-04", "PAY-05", "DET-01", "DET-12")
@pytest.mark.parametrize(
    ("payment", "expected"),
    [
        (replace(OUTGOING, payer_account=Account("/a", number=Value("0", "/n"))), Reason.PAYER_ACCOUNT_MEANINGLESS),
        (
            replace(OUTGOING, payer_account=Account("/a", iban=Value("LU290019400644750000", "/n"))),
            Reason.PAYER_ACCOUNT_INADMISSIBLE,
        ),
        (replace(OUTGOING, payee_account=None), Reason.PAYEE_ACCOUNT_MISSING),
        (replace(OUTGOING, payee_account=Account("/a", number=Value("0", "/n"))), Reason.PAYEE_ACCOUNT_MEANINGLESS),
        (
            replace(OUTGOING, payee_account=Account("/a", iban=Value("LU290019400644750000", "/n"))),
            Reason.PAYEE_ACCOUNT_INADMISSIBLE,
        ),
        (replace(OUTGOING, payer=replace(PAYER, name=None)), Reason.PAYER_NAME_MISSING),
        (replace(OUTGOING, payer=replace(PAYER, name=Value("AUTRE", "/n"))), Reason.PAYER_NAME_MEANINGLESS),
        (replace(OUTGOING, payer=replace(PAYER, name=Value("Zoë Weber", "/n"))), Reason.PAYER_NAME_INADMISSIBLE),
        (replace(OUTGOING, payee=None), Reason.PAYEE_NAME_MISSING),
        (replace(OUTGOING, payee=Party("/p", name=Value("XXXXX", "/n"))), Reason.PAYEE_NAME_MEANINGLESS),
        (replace(OUTGOING, payee=Party("/p", name=Value("Zoë Weber", "/n"))), Reason.PAYEE_NAME_INADMISSIBLE),
        (replace(OUTGOING, payer=Party("/p", name=PAYER.name)), Reason.PAYER_THIRD_ELEMENT_MISSING),
        (replace(OUTGOING, payer=replace(PAYER, birth_town=None)), Reason.PAYER_THIRD_ELEMENT_INCOMPLETE),
        (
            replace(OUTGOING, payer=replace(PAYER, birth_town=Value("Zürich", "/t"))),
            Reason.PAYER_THIRD_ELEMENT_INADMISSIBLE,
        ),
        (
            replace(OUTGOING, payer=replace(PAYER, birth_town=Value("XX", "/t"), birth_date=Value("1900-01-01", "/d"))),
            Reason.PAYER_THIRD_ELEMENT_MEANINGLESS,
        ),
    ],
)
def test_each_item_fails_in_each_way_alone(payment: Payment, expected: Reason) -> None:
    found = check(payment, NO_CONTEXT, POLICY)
    assert [finding.reason for finding in found.findings] == [expected]
    kind = REASONS[expected].kind
    assert found.status.value == ("missing" if kind is Kind.MEANINGLESS else kind)


def test_every_defect_reason_is_reachable() -> None:
    """The items and kinds above, and the LEI, are all there are."""
    items = {facts.item for facts in REASONS.values() if facts.family is Family.DEFECT}
    assert items == set(Item) - {Item.PAYEE_LEI}
    assert reasons(OUTGOING, Context(payer_lei_given=True)) == [Reason.PAYER_LEI_MISSING]
    bad = replace(OUTGOING, payer=replace(PAYER, lei=Value("nonsense", "/lei")))
    assert reasons(bad, Context(payer_lei_given=True)) == [Reason.PAYER_LEI_INADMISSIBLE]


def test_the_lei_is_never_an_inbound_defect() -> None:
    for payment in (INCOMING, TRANSIT):
        assert reasons(payment, Context(payer_lei_given=True)) == []


def test_the_worst_defect_gives_the_status() -> None:
    inadmissible = replace(OUTGOING, payee=Party("/p", name=Value("Zoë", "/n")))
    incomplete = replace(inadmissible, payer=replace(PAYER, birth_town=None))
    missing = replace(incomplete, payee_account=None)
    statuses = [check(one, NO_CONTEXT, POLICY).status for one in (inadmissible, incomplete, missing)]
    assert statuses == [InformationStatus.INADMISSIBLE, InformationStatus.INCOMPLETE, InformationStatus.MISSING]


def test_an_empty_payment_has_findings_and_a_role_nobody_knows() -> None:
    found = check(EMPTY, NO_CONTEXT, POLICY)
    assert found.in_scope
    assert found.required_set is RequiredSet.ART4
    assert found.status is InformationStatus.MISSING
    assert Reason.FIELD_UNREADABLE in reasons(EMPTY)
    assert Reason.DATE_IMPLAUSIBLE in reasons(EMPTY)
    assert reasons(EMPTY).count(Reason.INSTITUTION_NOT_LOCATED) == 2
    assert all(finding.path == "/payment" for finding in found.findings)


def test_an_institution_without_a_bic_counts_as_outside_and_is_told() -> None:
    found = check(replace(INCOMING, payer_institution=institution("nonsense")), NO_CONTEXT, POLICY)
    assert found.required_set is RequiredSet.ART4
    (finding,) = found.findings
    assert (finding.reason, finding.seen) == (Reason.INSTITUTION_NOT_LOCATED, "nonsense")


RECEIVED = datetime(2024, 6, 3, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "received", "profile", "told"),
    [
        (None, None, "tof.eu_2023_1113", True),
        (None, RECEIVED, "tof.eu_2015_847", False),
        (date(1900, 1, 1), None, "tof.eu_2023_1113", True),
        (date(2024, 6, 3), RECEIVED, "tof.eu_2015_847", False),
        (date(2025, 6, 5), RECEIVED, "tof.eu_2023_1113", True),  # more than a year ahead
        (date(9999, 12, 31), None, "tof.eu_2023_1113", True),
    ],
)
def test_absurd_dates_are_told_and_meet_the_latest_law(
    day: date | None, received: datetime | None, profile: str, *, told: bool
) -> None:
    payment = replace(OUTGOING, business_date=day, business_date_path="")
    found = check(payment, Context(received_at=received), POLICY)
    assert found.profile == profile
    assert [finding.reason for finding in found.findings] == ([Reason.DATE_IMPLAUSIBLE] if told else [])


@pytest.mark.requirement("SCP-01")
def test_an_unknown_currency_is_a_finding_and_changes_no_required_set() -> None:
    for currency in ("JPY", "BHD", "USD", "EUR"):
        payment = replace(OUTGOING, amount=Amount(Decimal(5000), currency, "/amount"))
        assert check(payment, NO_CONTEXT, POLICY).required_set is RequiredSet.ART4
    unknown = replace(OUTGOING, amount=Amount(Decimal(5000), "QQQ", "/amount"))
    assert reasons(unknown) == [Reason.FIELD_UNREADABLE]


NAMELESS = replace(INTRA_UNION, payer=replace(PAYER, name=None))
AUTRE = replace(INTRA_UNION, payer=replace(PAYER, name=Value("AUTRE", "/payer/name")))


@pytest.mark.requirement("PAY-12")
def test_a_name_absent_inside_the_union_is_told_and_no_defect() -> None:
    found = check(NAMELESS, NO_CONTEXT, POLICY)
    assert found.status is InformationStatus.COMPLETE
    assert [finding.reason for finding in found.findings] == [Reason.NAME_ABSENT_INTRA_UNION]
    assert reasons(AUTRE) == [Reason.NAME_ABSENT_INTRA_UNION, Reason.MEANINGLESS_NON_REQUIRED]


def test_a_name_that_is_not_required_may_miss_or_be_outside_the_conventions() -> None:
    assert reasons(replace(INTRA_UNION, payee=None)) == []
    assert reasons(replace(INTRA_UNION, payee=Party("/p", name=Value("Zoë", "/n")))) == []
    assert reasons(replace(INTRA_UNION, payee=Party("/p", name=Value("XXXXX", "/n")))) == [
        Reason.MEANINGLESS_NON_REQUIRED
    ]


def test_what_looks_meaningless_and_is_saved_is_told() -> None:
    doe = replace(OUTGOING, payer=replace(PAYER, name=Value("John Doe", "/n")))
    assert reasons(doe) == [Reason.MEANINGLESS_LIKELY]
    allowed = replace(POLICY, allowed_names=("XXXXX",))
    found = check(replace(OUTGOING, payee=Party("/p", name=Value("xxxxx", "/n"))), NO_CONTEXT, allowed)
    assert found.status is InformationStatus.COMPLETE


LEVY = Context(instrument_kind="public_levy", instrument_facts=(("authority_country", "LU"),))
DOMESTIC = replace(INTRA_UNION, payee_institution=institution(OURS), payee_account=None)


@pytest.mark.requirement("EXM-09")
def test_an_exempt_payment_is_not_judged_and_says_what_proved_it() -> None:
    found = check(DOMESTIC, LEVY, POLICY)
    assert not found.in_scope
    assert found.status is InformationStatus.NOT_APPLICABLE
    assert found.required_set is RequiredSet.NONE
    assert found.findings == ()
    assert "Art. 2(4)(b)" in found.scope_reason
    assert found.steps[-1].rule == "exemption"


@pytest.mark.requirement("EXM-09")
def test_an_exemption_not_proved_applies_the_law_in_full() -> None:
    found = check(replace(INTRA_UNION, payee_account=None), LEVY, POLICY)
    assert found.in_scope
    assert [finding.reason for finding in found.findings] == [Reason.PAYEE_ACCOUNT_MISSING]
    assert any(step.conclusion == "not proved: the law applies in full" for step in found.steps)


def test_nobody_in_the_union_is_out_of_scope() -> None:
    british = replace(POLICY, country="GB", own_bics=("AAAAGB2L",))
    found = check(replace(INCOMING, payee_institution=institution("AAAAGB2L")), NO_CONTEXT, british)
    assert not found.in_scope
    assert "Art. 2(1)" in found.scope_reason


@pytest.mark.requirement("SCP-03")
def test_on_us_meets_both_roles() -> None:
    found = check(replace(OUTGOING, payee_institution=institution(OURS)), NO_CONTEXT, POLICY)
    assert found.roles == (Role.PAYER, Role.PAYEE)
    assert found.direction is Direction.INTERNAL
    assert found.required_set is RequiredSet.ART5_1
    abroad = replace(OUTGOING, payee_institution=institution(OURS), intermediaries=(institution("AAAAUS33"),))
    assert check(abroad, NO_CONTEXT, POLICY).required_set is RequiredSet.ART4


BATCH = Batch(single_payer=True, header_complete=True, header_verified=True)
BARE = Party("/payer")


@pytest.mark.requirement("PAY-19", "DET-05", "INT-08")
@pytest.mark.parametrize(
    ("payment", "batch", "expected"),
    [
        (replace(OUTGOING, payer=BARE), BATCH, []),
        (replace(OUTGOING, payer=BARE, payer_account=None), BATCH, [Reason.PAYER_ACCOUNT_MISSING]),
        (
            replace(OUTGOING, payer=BARE),
            replace(BATCH, header_complete=False),
            [Reason.PAYER_NAME_MISSING, Reason.PAYER_THIRD_ELEMENT_MISSING],
        ),
        (OUTGOING, replace(BATCH, header_verified=False), []),  # each transfer carries it all
        (replace(INCOMING, payer=BARE, payer_account=None), BATCH, []),
        (
            replace(INCOMING, payer=BARE),
            replace(BATCH, header_complete=False),
            [Reason.PAYER_NAME_MISSING, Reason.PAYER_THIRD_ELEMENT_MISSING],
        ),
    ],
)
def test_batches(payment: Payment, batch: Batch, expected: list[Reason]) -> None:
    assert reasons(payment, Context(batch=batch)) == expected


def test_the_hubs_channel_counts_before_the_message() -> None:
    name = replace(OUTGOING, payee=Party("/p", name=Value("Smith & Sons", "/n")))
    assert reasons(name) == []
    assert reasons(name, Context(rail=Rail.SWIFT_MT)) == [Reason.PAYEE_NAME_INADMISSIBLE]
    assert check(name, Context(rail=Rail.SWIFT_MT), POLICY).rail is Rail.SWIFT_MT


def test_findings_stand_in_order_of_precedence() -> None:
    everything = check(EMPTY, NO_CONTEXT, POLICY).findings
    order = list(Reason)
    assert [order.index(finding.reason) for finding in everything] == sorted(
        order.index(finding.reason) for finding in everything
    )


def test_steps_tell_the_reasoning_with_its_sources() -> None:
    steps = check(replace(OUTGOING, payee_account=None), NO_CONTEXT, POLICY).steps
    assert [step.rule for step in steps] == [
        *(
            "law",
            "role",
            "chain",
            "amount",
            "profiles",
            "monitoring",
            "required",
            "payer.name",
            "payee.name",
            "payer.account",
            "payee.account",
        ),
        *("payer.third_element", "payer.lei"),
    ]
    assert all(step.source and step.conclusion for step in steps)
    assert next(step for step in steps if step.rule == "payee.account").conclusion == "missing"


def test_what_is_partly_there_says_so_in_its_finding() -> None:
    (finding,) = check(replace(OUTGOING, payer=replace(PAYER, birth_town=None)), NO_CONTEXT, POLICY).findings
    assert finding == Finding(
        Reason.PAYER_THIRD_ELEMENT_INCOMPLETE,
        "/payer",
        "",
        "there: birth (in part); wanted: birth_place",
        "Regulation (EU) 2023/1113 Art. 4(1)(c), 4(6)",
        wanted=("birth_place",),
    )
