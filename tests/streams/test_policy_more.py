"""Guards and warnings of the information rules' settings; the reference rates a policy names."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from schemas.context import Context, PriorStage
from schemas.finding import Reason
from schemas.information.check import check
from schemas.information.lexicon import LEXICON
from schemas.information.policy import Extension, InformationPolicy, Monitoring
from schemas.payment import Party, Rail, Role, Value
from streams.cli.policy_lexicon import lexicon_lines, lexicon_use
from streams.edge.policy_file import load_policy
from streams.policy import PolicyRefused, parse_policy, warnings_of
from tests.information_builders import NO_CONTEXT, OUTGOING, POLICY, SHIPPED

TODAY = dt.date(2026, 11, 22)
TEXT = (Path(__file__).resolve().parents[2] / "deploy" / "policy.toml").read_text()
RATES = b"Date,USD,\n2026-11-20,1.05,\n"


def with_setting(line: str) -> str:
    """The shipped policy with this setting of the information rules in place of its own."""
    name = line.split(" = ", maxsplit=1)[0]
    text = re.sub(rf"(?m)^{name} = .*\n", "", TEXT)
    text = re.sub(rf"\[\[information\.{name}\]\][^\[]*", "", text)
    return text.replace('country = "LU"\n', f'country = "LU"\n{line}\n', 1)


@pytest.mark.requirement("DET-08", "DET-10")
@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ('monitoring = [{mode = "ex_post", reason = " "}]', "rule 1 (ex_post) gives no reason"),
        ('monitoring = [{mode = "off", reason = "x"}]', "information.monitoring.0.mode"),
        ('monitoring = [{mode = "ex_post", reason = "x", check = "characters"}]', "check: unknown setting"),
        ("meaningless = false", "information.meaningless: unknown setting"),
        ("indicators = false", "information.indicators: unknown setting"),
        ('not_institutions = ["EXBKLULLXXX"]', "names a BIC of ours"),
        ("rates = {maximum_age_days = -1}", "must not be below 0"),
        ('rate_table = "x"', "information.rate_table"),
        (
            'character_extensions = [{counterparty = "x", characters = "a", contract = "c", expires = 2027-01-01}]',
            "BIC",
        ),
    ],
)
def test_what_a_bank_may_not_choose_is_refused(line: str, problem: str) -> None:
    with pytest.raises(PolicyRefused) as refused:
        parse_policy(with_setting(line).encode(), TODAY)
    assert any(problem in one for one in refused.value.problems), refused.value.problems


def monitored(*rules: Monitoring, context: Context = NO_CONTEXT, policy: InformationPolicy = POLICY) -> str:
    steps = check(OUTGOING, context, replace(policy, monitoring=rules)).steps
    step = next(step for step in steps if step.rule == "monitoring")
    return f"{step.conclusion}: {step.saw}"


@pytest.mark.requirement("DET-10", "DET-08")
def test_no_payment_is_without_a_mode_and_each_has_a_reason() -> None:
    assert monitored() == "in real time: no rule of the policy speaks of it"
    again = Monitoring("ex_post", "high risk", high_risk_country=True)
    assert monitored(again) == "in real time: no rule of the policy speaks of it"
    risky = replace(POLICY, high_risk_countries=("CH",))
    assert monitored(again, policy=risky) == "in real time, and again afterwards: high risk"
    first, second = Monitoring("real_time", "ours", role=Role.PAYER), Monitoring("ex_post", "the rest")
    assert monitored(first, second) == "in real time: ours"
    assert monitored(replace(first, role=Role.PAYEE), second) == "in real time, and again afterwards: the rest"
    assert monitored(replace(first, rail=Rail.SCT), second) == "in real time, and again afterwards: the rest"
    warned = Monitoring("ex_post", "warned", prior_psp_stage=PriorStage.WARNED)
    assert monitored(warned, context=Context(prior_stage=PriorStage.WARNED)).endswith("afterwards: warned")
    assert monitored(warned) == "in real time: no rule of the policy speaks of it"


@pytest.mark.requirement("DET-16")
def test_what_the_words_of_the_lexicon_hit_is_told_from_the_records() -> None:
    def record(day: str | None, *details: str) -> dict[str, Any]:
        findings = [{"payment": 1, "detail": detail} for detail in details]
        return {"payments": [{"payment": 1, "business_date": day}], "findings": findings}

    name = replace(OUTGOING, payer=Party("/payer", name=Value("n/a", "/payer/name")))
    (found,) = [one for one in check(name, NO_CONTEXT, POLICY).findings if one.reason is Reason.PAYER_NAME_MEANINGLESS]
    records = [
        record("2026-03-02", found.detail, "one character repeated, tier certain"),
        record("2026-02-01", found.detail),
        record(None, """no-data "d'autre" (FR), tier certain"""),
    ]
    table = {(one.group, one.language): one for one in lexicon_use(records, TODAY)}
    assert len(table) == len(LEXICON.reviews)
    english, french = table["no-data", "EN"], table["no-data", "FR"]
    assert (english.hits, english.last_hit, sum(english.words.values())) == (2, "2026-03-02", 2)
    assert (french.hits, french.last_hit, french.words) == (1, None, {"d'autre": 1})
    assert not english.overdue
    assert all(one.overdue for one in lexicon_use([], dt.date(2030, 1, 1)))
    lines = list(lexicon_lines(table.values(), counted=True))
    assert any("no-data" in line and "2 hits, last 2026-03-02" in line for line in lines)
    assert any(line.endswith("0 hits, last never") for line in lines)
    assert not any("hits" in line for line in lexicon_lines(lexicon_use([], TODAY), counted=False))


@pytest.mark.requirement("DET-16")
def test_words_whose_review_is_due_are_warned_of() -> None:
    assert warnings_of(SHIPPED, TODAY) == []
    due = LEXICON.due(dt.date(2030, 1, 1))
    assert len(due) == len(LEXICON.reviews)
    assert due == sorted(due, key=lambda one: one.next_review)
    assert all(one.owner and one.added < one.next_review for one in due)
    told = warnings_of(SHIPPED, dt.date(2027, 5, 29))
    assert any(one.startswith("lexicon: ") and "owner compliance_payments" in one for one in told)
    assert any(one.startswith("policy.review_before") for one in told)


def test_an_agreement_that_ended_is_warned_of() -> None:
    ended = Extension("AAAACHZZ", "é", "AOS-7", dt.date(2026, 11, 1))
    policy = replace(SHIPPED, information=replace(SHIPPED.information, character_extensions=(ended,)))
    (told,) = warnings_of(policy, TODAY)
    assert told == "information.character_extensions: AOS-7 with AAAACHZZ ended on 2026-11-01"
    running = replace(SHIPPED.information, character_extensions=(replace(ended, expires=TODAY),))
    assert warnings_of(replace(SHIPPED, information=running), TODAY) == []


@pytest.mark.requirement("SCP-01")
def test_the_rates_a_policy_names_are_read_beside_it(tmp_path: Path) -> None:
    file = tmp_path / "policy.toml"
    file.write_text(with_setting('rates = {file = "eurofxref-hist.csv"}'))
    with pytest.raises(PolicyRefused, match=r"eurofxref-hist\.csv cannot be read \(no such file"):
        load_policy(file, TODAY)
    (tmp_path / "eurofxref-hist.csv").write_bytes(b"nothing")
    with pytest.raises(PolicyRefused, match="holds no ECB reference rates"):
        load_policy(file, TODAY)
    (tmp_path / "eurofxref-hist.csv").write_bytes(RATES)
    policy = load_policy(file, TODAY)
    assert policy.information.rate_table is not None
    assert warnings_of(policy, TODAY) == []
    assert "the newest rate is of 2026-11-20" in warnings_of(policy, dt.date(2026, 11, 26))[0]
    (tmp_path / "eurofxref-hist.csv").write_bytes(RATES.replace(b"1.05", b"1.06"))
    assert load_policy(file, TODAY).used.sha256 != policy.used.sha256  # other rates may decide otherwise


@pytest.mark.requirement("MNG-04")
def test_a_missing_name_never_weighs_less_than_a_missing_address() -> None:
    row = (
        '[[matrix]]\nid = "N1"\nwhen = { defect = "payee.name" }\naction = "execute_followup"\n\n[[matrix]]\nid = "M06"'
    )
    softer = TEXT.replace('[[matrix]]\nid = "M06"', row)
    softer = softer.replace(
        'payer.third_element" }\naction = "execute_followup"', 'payer.third_element" }\naction = "suspend"'
    )
    with pytest.raises(PolicyRefused) as refused:
        parse_policy(softer.encode(), TODAY)
    assert any("no payee.name instead of no address" in one for one in refused.value.problems)
