from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from schemas.decision import Outcome
from schemas.information.check import check
from streams import acceptance
from streams.acceptance import CaseOutcome, CaseRefused, run_cases
from streams.case_reading import Labelled, days_of, read_case
from streams.decide import decide
from streams.policy import Policy, parse_policy
from tests.shared import SHARED

ROOT = Path(__file__).resolve().parents[2]
POLICY = parse_policy((ROOT / "deploy" / "policy.toml").read_bytes(), date(2026, 11, 21))
OWN = ROOT / "tests" / "cases" / "information" / "rules.yaml"


def loaded(file: Path) -> dict[str, Any]:
    document: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return document


def missed(document: object, policy: Policy = POLICY) -> list[str]:
    return [f"{one.case} {one.law}: {line}" for one in run_cases(document, policy) for line in one.differences]


def any_one_policy() -> Policy:
    readings = replace(POLICY.information.readings, third_element_2023="any_one_with_country")
    return replace(POLICY, information=replace(POLICY.information, readings=readings))


@pytest.mark.parametrize("case", loaded(OWN)["cases"], ids=lambda case: case["id"])
def test_every_rule_and_trap_has_its_case(case: dict[str, Any]) -> None:
    assert missed({"meta": loaded(OWN)["meta"], "cases": [case]}) == []


def test_ids_of_cases_are_unique() -> None:
    ids = [case["id"] for case in loaded(OWN)["cases"]]
    assert len(ids) == len(set(ids))


@pytest.mark.shared
def test_the_labelled_cases_pass_under_both_laws() -> None:
    document = loaded(SHARED / "regulation" / "cases.yaml")
    assert len(run_cases(document, POLICY)) == 76
    assert missed(document) == []


@pytest.mark.shared
def test_the_labelled_cases_pass_under_the_other_reading_where_they_say_what_it_gives() -> None:
    document = loaded(SHARED / "regulation" / "cases.yaml")
    changed = [case for case in document["cases"] if case.get("depends_on") == "art4_1_c_2023"]
    assert changed
    assert missed({**document, "cases": changed}, any_one_policy()) == []


def test_a_label_is_compared_under_the_reading_of_the_policy() -> None:
    document = loaded(OWN)
    (case,) = [one for one in document["cases"] if one["id"] == "PAY-03-address"]
    assert missed({"cases": [case]}, any_one_policy()) == []


BASE: dict[str, Any] = {
    "id": "X1",
    "title": "a complete transfer",
    "role": "payer_psp",
    "payer_psp": {"country": "LU", "bic": "QQQQLULL"},
    "payee_psp": {"country": "FR", "bic": "QQQQFRPP"},
    "transfer": {"rail": "sct", "amount": "500.00", "currency": "EUR", "amount_eur": "500.00"},
    "payer": {"name": "Anna Lorang", "account": {"iban": "LU280019400644750000"}},
    "payee": {"name": "Luc Ferrand", "account": {"iban": "FR1420041010050500013M02606"}},
    "expected": {"r2023": {"in_scope": True, "required_set": "ART5_1", "info_status": "complete", "action": "execute"}},
}


def differences(**changes: Any) -> tuple[str, ...]:
    (outcome,) = run_cases({"cases": [{**BASE, **changes}]}, POLICY)
    return outcome.differences


def test_the_base_case_passes_and_names_itself() -> None:
    assert run_cases({"cases": [BASE]}, POLICY) == [CaseOutcome("X1", "r2023", "a complete transfer", ())]


@pytest.mark.parametrize(
    ("expected", "line"),
    [
        ({"in_scope": False}, "in_scope: expected no, got yes"),
        ({"required_set": "ART4"}, "required_set: expected ART4, got ART5_1"),
        ({"info_status": "missing"}, "info_status: expected missing, got complete"),
        (
            {"defects": [{"field": "payer.name", "kind": "missing"}]},
            "defects: expected payer.name missing, got none",
        ),
        ({"action": "reject"}, "action: expected reject, got execute"),
        ({"verification_required": True}, "verification_required: expected yes, got no"),
        ({"rfi_deadline_working_days": 3}, "rfi_deadline_working_days: expected 3, got none"),
        ({"alerts": ["SANCTIONS_HIT"]}, "alerts: expected SANCTIONS_HIT, got none"),
        ({"defects": ["payer.name missing"]}, "defects: expected payer.name missing, got none"),
    ],
)
def test_a_difference_reads_like_a_sentence(expected: dict[str, Any], line: str) -> None:
    assert differences(expected={"r2023": expected}) == (line,)


def test_an_alert_nobody_labelled_is_a_miss() -> None:
    nameless = {"account": {"iban": "LU280019400644750000"}}
    assert differences(payer=nameless) == ("alerts: expected none, got NAME_ABSENT_INTRA_EU",)


def test_what_could_not_be_checked_is_said_beside_the_action() -> None:
    (line,) = differences(transfer={**BASE["transfer"], "currency": "QQQ"})
    assert line.startswith("action: expected execute, got suspend (A field the decision needs cannot be read.")
    assert "'QQQ' is no ISO 4217 currency" in line


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"colour": "blue"}, "unknown key 'colour' in the case"),
        ({"payer": {"nom": "Anna"}}, "unknown key 'nom' in payer"),
        ({"payer": "Anna"}, "payer must be a table of fields, not 'Anna'"),
        ({"payer": {"address": {"planet": "Earth"}}}, "unknown key 'planet' in payer.address"),
        ({"role": "boss"}, "unknown role 'boss'"),
        ({"transfer": {"rail": "pigeon"}}, "unknown rail 'pigeon'"),
        ({"transfer": {"amount": "much"}}, "transfer.amount: 'much' is no amount"),
        ({"transfer": {"suspicion": "perhaps"}}, "transfer.suspicion must be true or false, not 'perhaps'"),
        ({"context": {"prior_psp_stage": "tired"}}, "unknown context.prior_psp_stage 'tired'"),
        ({"context": {"sanctions": "perhaps"}}, "unknown context.sanctions 'perhaps'; known are clear, "),
        ({"context": {"rfi_state": "forgotten"}}, "unknown context.rfi_state 'forgotten'"),
        ({"payee_psp": {"country": False, "bic": "QQQQNOKK"}}, 'write it in quotes ("NO")'),
        ({"as_of": "some day"}, "as_of: 'some day' is no date (YYYY-MM-DD)"),
        ({"expected": {"r1999": {}}}, "unknown law 'r1999'"),
        ({"expected": {"r2023": {"colour": "blue"}}}, "unknown key 'colour' in `expected`"),
        ({"expected": {"r2023": "fine"}}, "what is expected under a law must be a table of fields"),
        ({"expected": {"r2023": {"defects": "none"}}}, "`expected.defects` must be a list, not 'none'"),
        ({"intermediaries": 5}, "intermediaries must be a list, not 5"),
        ({"context": {"indicators": "HIGH"}}, "context.indicators must be a list, not 'HIGH'"),
        ({"expected": None}, "a case needs `expected` with at least one law"),
    ],
)
def test_a_case_nobody_understands_is_missed_with_one_sentence(changes: dict[str, Any], sentence: str) -> None:
    (line,) = differences(**changes)
    assert sentence in line


@pytest.mark.parametrize(
    ("document", "sentence"),
    [
        (None, "has a list under the key `cases`"),
        ({"cases": {}}, "has a list under the key `cases`"),
        ({"cases": [], "cake": 1}, "unknown key 'cake' at the top"),
        (
            {"cases": [], "meta": {"default_as_of": {"r2015": "soon"}}},
            "meta.default_as_of: as_of.r2015: 'soon' is no date",
        ),
    ],
)
def test_a_file_that_is_none_is_refused(document: object, sentence: str) -> None:
    with pytest.raises(CaseRefused) as refused:
        run_cases(document, POLICY)
    assert sentence in str(refused.value)


def test_a_case_that_is_no_table_is_missed_by_number() -> None:
    (outcome,) = run_cases({"cases": ["nonsense"], "meta": "nothing"}, POLICY)
    assert (outcome.case, outcome.law) == ("number 1", "")


def read(**changes: Any) -> Labelled:
    return read_case({**BASE, **changes}, "r2023", days_of(None), "LU")


def test_a_case_becomes_what_a_decoder_would_have_left() -> None:
    labelled = read(
        payer={
            "name": "Anna Lorang",
            "account": "0532013000",
            "address": "8 rue des Pres, Mersch",
            "official_id": [{"type": "COID", "value": "B123456"}, {"type": "NIDN", "value": None}],
            "customer_id": 778899,
        },
        payee={"address": {"lines": ["PO BOX 1", None], "city": "Lyon"}, "type": "legal_person",
               "official_id": {"type": "TXID", "value": "FR123"}, "account": {"pan": "4111111111111111"}},
        payee_psp=None,
        intermediaries=[None, {"country": "DE"}],
    )  # fmt: skip
    payer, payee = labelled.payment.payer, labelled.payment.payee
    assert payer is not None
    assert payee is not None
    assert payer.address is not None
    assert [line.text for line in payer.address.lines] == ["8 rue des Pres, Mersch"]
    assert [(one.value.text, one.scheme, one.organisation) for one in payer.identifications] == [
        ("B123456", "COID", True),
        ("778899", "CUST", False),
    ]
    assert payee.address is not None
    assert [line.text for line in payee.address.lines] == ["PO BOX 1"]
    assert payee.address.town is not None
    assert payee.identifications[0].organisation
    assert labelled.payment.payee_account is not None
    assert labelled.payment.payee_account.scheme == "CARD"
    assert labelled.payment.payee_institution is None
    assert [one.bic.text for one in labelled.payment.intermediaries if one.bic] == ["AAAADEXX"]
    assert labelled.own_bics == ("QQQQLULL",)


def test_in_between_we_are_the_one_at_home_else_the_last() -> None:
    steps = [{"bic": "QQQQLULL"}, {"bic": "QQQQDEFF"}]
    assert read(role="intermediary_psp", intermediaries=steps).own_bics == ("QQQQLULL",)
    assert read(role="intermediary_psp", intermediaries=steps[1:]).own_bics == ("QQQQDEFF",)
    assert read(role="intermediary_psp").own_bics == ()


@pytest.mark.parametrize("day", ["2026-01-05", date(2026, 1, 5), datetime(2026, 1, 5, tzinfo=UTC)])
def test_one_date_for_both_laws(day: object) -> None:
    assert days_of(day) == {"r2015": date(2026, 1, 5), "r2023": date(2026, 1, 5)}
    assert read(as_of=day).payment.business_date == date(2026, 1, 5)


def test_a_bare_case_has_what_nobody_said() -> None:
    labelled = read(transfer=None, payer=None, payee=None, role="payee_psp", payee_psp={"name": "Some Bank"})
    assert labelled.payment.amount is None
    assert labelled.payment.payer is None
    assert labelled.own_bics == ()
    assert labelled.context.batch is None


def test_another_reading_may_still_leave_a_defect() -> None:
    expected = {"info_status": "missing", "under_any_one_reading": {"info_status": "incomplete"}}
    (outcome,) = run_cases({"cases": [{**BASE, "expected": {"r2023": expected}}]}, any_one_policy())
    assert outcome.differences == ("info_status: expected incomplete, got complete",)


@pytest.mark.shared
def test_the_codes_of_the_labelled_cases() -> None:
    """Advisory there, exact here: the status reason of a reject or a hold, and what is asked for."""
    document = loaded(SHARED / "regulation" / "cases.yaml")
    days = days_of(document["meta"]["default_as_of"])
    for case in document["cases"]:
        for law, expected in case["expected"].items():
            labelled = read_case(case, law, days, "LU")
            policy = acceptance._adapted(POLICY, labelled)
            assessment = check(labelled.payment, labelled.context, policy.information)
            decision = decide(labelled.payment, assessment, (), labelled.context, policy)
            pending = ["PDNG"] if decision.outcome is Outcome.SUSPEND else []
            codes = expected.get("codes", {})
            assert "/".join([*pending, *decision.status_codes]) == codes.get("pacs002", ""), case["id"]
            assert [asked.code for asked in decision.requests] == [codes[key] for key in ("rfi",) if key in codes], (
                case["id"]
            )
