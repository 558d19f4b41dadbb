"""The policy file: lawful ones load, every problem of the others is named at once."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import orjson
import pytest

from schemas.assessment import InformationStatus
from schemas.context import PriorStage
from schemas.finding import Item, Kind
from schemas.payment import Rail, Role
from streams.edge.policy_file import load_policy
from streams.matrix import Facts, first_match
from streams.policy import Policy, PolicyRefused, canonical, parse_policy

TODAY = dt.date(2026, 11, 22)
FILE = Path(__file__).resolve().parents[2] / "deploy" / "policy.toml"
TEXT = FILE.read_text()


def refused(text: str | bytes, today: dt.date = TODAY) -> list[str]:
    raw = text if isinstance(text, bytes) else text.encode()
    with pytest.raises(PolicyRefused) as caught:
        parse_policy(raw, today)
    return caught.value.problems


def row(id_: str, when: str, action: str) -> str:
    return f'\n[[matrix]]\nid = "{id_}"\nwhen = {when}\naction = "{action}"\n'


@pytest.fixture(name="policy", scope="module")
def _policy() -> Policy:
    return load_policy(FILE, TODAY)


def test_the_shipped_policy_is_lawful_and_hashed(policy: Policy) -> None:
    assert policy.used.id == "example-bank-lu"
    assert len(policy.used.sha256) == 64
    assert policy.information.own_bics == ("EXBKLULL",)
    assert orjson.loads(canonical(policy))["matrix"][0]["id"] == "M01"


def test_the_hash_is_of_the_meaning_not_of_the_layout(policy: Policy) -> None:
    relaid = "# another comment\n" + TEXT.replace(
        'action = "suspend"\nqueue = "sanctions"', 'queue = "sanctions"\naction = "suspend"'
    )
    assert parse_policy(relaid.encode(), TODAY).used.sha256 == policy.used.sha256
    stricter = TEXT.replace("name_threshold = 0.", "name_threshold = 0.6 # was 0.")
    assert parse_policy(stricter.encode(), TODAY).used.sha256 != policy.used.sha256


def test_three_mistakes_are_all_named() -> None:
    text = TEXT.replace('own_bics = ["EXBKLULL"]', "own_bics = []")
    text = text.replace('approved_by = ["head_of_compliance", "chief_risk_officer"]', 'approved_by = ["Ann", "ann "]')
    text = text.replace('when = { rail = "sct_inst" }', 'when = { rale = "sct_inst" }')
    problems = refused(text)
    assert len(problems) == 3
    assert any("own_bics" in problem for problem in problems)
    assert any("two different people" in problem for problem in problems)
    assert any("matrix row M07.when.rale: unknown setting" in problem for problem in problems)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("[decoding]", "[decodign]", "decodign: unknown section"),
        ("[screening", "[screenings", "screening: this section is missing"),
        ("max_drop = 0.10", "max_drop = 'a lot'", "screening.max_drop"),
        ("review_before = 2027-04-30", "review_before = 'soon'", "policy.review_before"),
        ("max_bytes = 5_000_000", "max_bytes = 'many'", "decoding.max_bytes"),
        ('country = "LU"\n', "", "information.country: this setting is missing"),
        ("name_threshold = 0.", "name_threshold = 1 # 0.", "name_threshold: 1.0 is outside"),
        ("text_threshold = 0.", "text_threshold = 0.0 # ", "text_threshold: 0.0 is outside"),
        ("UN = { required = true,", "UN = { threshold = 1.5, required = true,", "lists.UN.threshold: 1.5 is outside"),
        ("required = true", "required = false", "name at least one required list"),
        ("review_before = 2027-04-30", "review_before = 2026-10-01", "more than 30 days ago"),
        ('unreadable = "suspend"', 'unreadable = "execute"', "routing.unreadable"),
        ('id = "M05"', 'id = "M04"', "row id 'M04' stands more than once"),
        ('id = "M99"\nwhen = {}', 'id = "M99"\nwhen = { scope = "in" }', "the last row must have no condition"),
        (
            'when = { role = "payer_psp", status = "not_complete" }\naction = "reject"',
            'when = { role = "payer_psp", status = "not_complete" }\naction = "execute_followup"',
            "Art. 4(6) forbids",
        ),
        (
            'when = { sanctions = "open_hit" }',
            'when = { sanctions = "none" }',
            "matrix row M03: a payment with an open",
        ),
        ('queue = "sanctions"', "queue = 3", "matrix row M01.queue"),
    ],
)
def test_each_mistake_is_one_clear_sentence(old: str, new: str, sentence: str) -> None:
    assert old in TEXT
    assert any(sentence in problem for problem in refused(TEXT.replace(old, new)))


@pytest.mark.requirement("SCR-07")
def test_hits_and_holds_are_always_suspended() -> None:
    head = TEXT[: TEXT.index("[[matrix]]")]
    problems = refused(head + row("A", '{ scope = "out" }', "execute") + row("Z", "{}", "suspend"))
    assert "matrix row A: a payment with an open sanctions hit would be executed" in problems
    assert "matrix row A: a payment under a fraud hold would be executed" in problems
    problems = refused(head + row("R", '{ sanctions = "open_hit" }', "reject") + row("Z", "{}", "suspend"))
    assert "matrix row R: a payment with an open sanctions hit would be rejected, which tips off" in problems


@pytest.mark.requirement("MNG-03")
def test_more_risk_never_softens() -> None:
    head = TEXT[: TEXT.index("[[matrix]]")]
    soft = row("S", '{ role = "payee_psp", sanctions = "none", fraud_hold = false, indicator = true }', "execute")
    problems = refused(head + soft + row("Z", "{}", "suspend"))
    assert problems == ["matrix row S: more risk (a high-risk indicator) would soften suspend (row Z) to execute"]


@pytest.mark.requirement("MNG-01")
def test_an_empty_or_missing_matrix_is_refused() -> None:
    head = TEXT[: TEXT.index("[[matrix]]")]
    assert refused(head) == ["matrix: this section is missing"]
    assert refused("matrix = []\n" + head) == [
        "matrix: the last row must have no condition (when = {}), otherwise some payments would find no row"
    ]
    assert refused("matrix = 'all'\n" + head) == ["matrix: must be a list of [[matrix]] tables"]
    assert refused("matrix = ['all']\n" + head)[0].startswith("matrix row number 1")


def test_what_is_not_toml_or_not_there_says_so(tmp_path: Path) -> None:
    assert refused(b"\xff\xfe")[0].startswith("not UTF-8 text")
    assert refused("a = [")[0].startswith("not valid TOML")
    with pytest.raises(PolicyRefused, match="cannot be read"):
        load_policy(tmp_path / "none.toml", TODAY)


IN = Facts(roles=(Role.PAYEE,))
THIRD = ((Item.PAYER_THIRD_ELEMENT, Kind.MISSING),)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (Facts(roles=(Role.PAYEE,), sanctions="open_hit", scope="out"), "M01"),
        (Facts(roles=(Role.PAYEE,), fraud_hold=True), "M02"),
        (Facts(roles=(Role.PAYEE,), scope="out", status=InformationStatus.NOT_APPLICABLE), "M03"),
        (Facts(roles=(Role.PAYER,), status=InformationStatus.MISSING, defects=THIRD), "M04"),
        (Facts(roles=(Role.PAYER, Role.PAYEE), status=InformationStatus.INCOMPLETE, defects=THIRD), "M04"),
        (IN, "M05"),
        (Facts(roles=(Role.PAYEE,), status=InformationStatus.MISSING, prior_psp_stage=PriorStage.REJECT_ALL), "M06"),
        (Facts(roles=(Role.PAYEE,), status=InformationStatus.MISSING, rail=Rail.SCT_INST, defects=THIRD), "M07"),
        (Facts(roles=(Role.PAYEE,), status=InformationStatus.MISSING, rfi="expired", defects=THIRD), "M08"),
        (
            Facts(
                roles=(Role.PAYEE,),
                status=InformationStatus.MISSING,
                defects=((Item.PAYEE_ACCOUNT, Kind.MEANINGLESS),),
            ),
            "M09",
        ),
        (
            Facts(
                roles=(Role.PAYEE,),
                status=InformationStatus.MISSING,
                defects=((Item.PAYER_NAME, Kind.MISSING),),
                indicator=True,
            ),
            "M10",
        ),
        (
            Facts(
                roles=(Role.INTERMEDIARY,), status=InformationStatus.MISSING, defects=((Item.PAYER_NAME, Kind.MISSING),)
            ),
            "M11",
        ),
        (
            Facts(
                roles=(Role.PAYEE,),
                status=InformationStatus.INADMISSIBLE,
                defects=((Item.PAYEE_NAME, Kind.INADMISSIBLE),),
            ),
            "M12",
        ),
        (Facts(roles=(Role.PAYEE,), status=InformationStatus.MISSING, defects=THIRD, indicator=True), "M13"),
        (Facts(roles=(Role.PAYEE,), status=InformationStatus.MISSING, defects=THIRD), "M14"),
        (
            Facts(
                roles=(Role.PAYEE,),
                status=InformationStatus.MISSING,
                defects=((Item.PAYER_LEI, Kind.MISSING),),
            ),
            "M99",
        ),
    ],
)
def test_the_first_match_decides(policy: Policy, facts: Facts, expected: str) -> None:
    assert first_match(policy.matrix, facts).id == expected
