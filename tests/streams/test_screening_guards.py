"""What a bank may not choose about its screening; each refusal is one sentence that names the setting."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from lists.good_guys import GoodGuy, GoodGuys, entry_hash, rules_version
from lists.policy import Homonyms, ScreeningPolicy
from streams.edge.policy_file import load_policy, named_files
from streams.policy import Policy, PolicyRefused, parse_policy, warnings_of
from streams.screening_guards import problems_of_screening, warnings_of_screening
from tests.lists_samples import PERSON

TODAY = dt.date(2026, 11, 22)
FILE = Path(__file__).resolve().parents[2] / "deploy" / "policy.toml"
TEXT = FILE.read_text()
UN = "UN = { required = true, max_age_hours = 24"
EU = "EU = { required = true, max_age_hours = 24"
OTHERS = "[screening.entities.lu_bank]"
MEASURES = '[[screening.other_measures]]\nlist = "{}"\nmeasures = [{}]\nreason = "{}"\n'
RULE = '[[screening.thresholds]]\nthreshold = {}\nreason = "{}"\n'


def problems(text: str) -> list[str]:
    with pytest.raises(PolicyRefused) as refused:
        parse_policy(text.encode(), TODAY)
    return refused.value.problems


@pytest.mark.requirement("SCR-10")
@pytest.mark.parametrize("threshold", ["1.0", "1", "100", "0.9999", "0.2", "-1.0"])
@pytest.mark.parametrize("name", ["name_threshold", "text_threshold", "address_threshold"])
def test_a_threshold_that_finds_only_exact_names_is_refused(name: str, threshold: str) -> None:
    told = problems(TEXT.replace(f"{name} = 0.", f"{name} = {threshold} # 0."))
    assert any(one.startswith(f"screening.{name}: ") and "is outside" in one for one in told)


@pytest.mark.requirement("SCR-05", "SCR-11")
@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("name_threshold = 0.71", "name_threshold = 0.85", "screening.name_threshold: 0.85 finds 0."),
        ("text_threshold = 0.67", "text_threshold = 0.9", "screening.text_threshold: 0.9 finds 0."),
        ("minimum_recall = 0.90", "minimum_recall = 0.5", "screening.minimum_recall: 0.5 is outside"),
        (OTHERS, RULE.format("1.0", "x") + OTHERS, "screening.thresholds.1: 1.0 is outside"),
        (OTHERS, RULE.format("0.8", " ") + OTHERS, "screening.thresholds.1: gives no reason"),
        (OTHERS, RULE.format("0.8", "x") + "colour = 1\n" + OTHERS, "screening.thresholds.0.colour: unknown setting"),
        (OTHERS, MEASURES.format("UK", '"Travel Ban"', " ") + OTHERS, "screening.other_measures.1: gives no reason"),
        (OTHERS, MEASURES.format("UN", '"Travel Ban"', "x") + OTHERS, "screening.other_measures.1.list: 'UN' must be"),
        (OTHERS, MEASURES.format("CH", '"Travel Ban"', "x") + OTHERS, "screening.other_measures.1.list: 'CH' must be"),
        (OTHERS, MEASURES.format("UK", "", "x") + OTHERS, "screening.other_measures.1.measures: names none"),
        (OTHERS, MEASURES.format("UK", '" "', "x") + OTHERS, "screening.other_measures.1.measures: ' ' is empty"),
        (
            OTHERS,
            MEASURES.format("UK", '"Travel Ban", "Asset freeze"', "x") + OTHERS,
            "screening.other_measures.1.measures: 'Asset freeze' speaks of money ('Asset')",
        ),
        (UN, "UNO = { required = true", "screening.lists.UN: is part of the minimum set"),
        (UN, "UN = { required = false", "screening.lists.UN: is part of the minimum set"),
        (UN, f'{UN}, currencies = ["USD"]', "screening.lists.UN: is part of the minimum set of lists and applies"),
        (UN, f"{UN}, skip_instant_ends = true", "screening.lists.UN.skip_instant_ends: Art. 5d(2)"),
        (UN, "UN = { required = true, max_age_hours = 0", "screening.lists.UN.max_age_hours: must be above 0"),
        (UN, "UN = { required = true, max_age_hours = nan", "screening.lists.UN.max_age_hours: must be above 0"),
        (UN, "UN = { required = true, max_age_hours = inf", "screening.lists.UN.max_age_hours: must be above 0"),
        (UN, f'X = {{ entities = ["moon"] }}\n{UN}', "screening.lists.X.entities: 'moon' is none of"),
        ('bics = ["EXBKLULL"]\nnational', 'bics = ["X"]\nnational', "screening.entities.lu_bank.bics: needs"),
        ('bics = ["EXBKLULL"]\nnational', "bics = []\nnational", "screening.entities.lu_bank.bics: needs"),
        ('national = "EU"', 'national = "LU"', "screening.entities.lu_bank.national: 'LU' must be a required list"),
        (
            'national = "EU"',
            'national = "OFAC_NON_SDN"',
            "screening.entities.lu_bank.national: 'OFAC_NON_SDN' must be a required list",
        ),
        (
            f'{OTHERS}\nbics = ["EXBKLULL"]\nnational = "EU"',
            f'FR = {{ countries = ["FR"] }}\n{OTHERS}\nbics = ["EXBKLULL"]\nnational = "FR"',
            "screening.entities.lu_bank.national: 'FR' must apply to every payment of lu_bank",
        ),
        ("birth_year = 0.08", "birth_year = 0.3", "screening.discounts.birth_year: 0.3 is outside"),
        ("most = 0.12", "most = 0.5", "screening.discounts.most: 0.5 is outside"),
        (OTHERS, RULE.format("0.9", "x") + OTHERS, "screening.discounts.most: 0.12 would take an exact name below"),
        (OTHERS, f"[screening.good_guys_table]\nlines = []\n{OTHERS}", "screening.good_guys_table: is no setting"),
        ('homonyms = "propose"', 'homonyms = "always"', "screening.homonyms"),
    ],
)
def test_each_refusal_names_its_setting(old: str, new: str, sentence: str) -> None:
    assert old in TEXT
    assert any(sentence in one for one in problems(TEXT.replace(old, new))), problems(TEXT.replace(old, new))


def test_all_problems_are_named_at_once() -> None:
    told = problems_of_screening(ScreeningPolicy(name_threshold=1.0, text_threshold=0.0))
    assert len(told) >= 6
    assert "screening.lists: name at least one required list, otherwise nothing is screened" in told


@pytest.mark.requirement("SCR-10")
def test_a_high_threshold_and_clearing_namesakes_are_told() -> None:
    assert warnings_of_screening(ScreeningPolicy()) == []
    assert warnings_of_screening(ScreeningPolicy(address_threshold=0.95, homonyms=Homonyms.CLEAR)) == [
        "screening.address_threshold: 0.95 is above 0.9; hardly any distorted name reaches it",
        "screening.homonyms: namesakes are cleared without a person looking at them",
    ]


def test_every_list_of_the_shipped_policy_is_as_before() -> None:
    screening = parse_policy(TEXT.encode(), TODAY).screening
    assert {name for name, rule in screening.lists.items() if rule.required} == {"UN", "EU", "OFAC_SDN"}
    assert not any(rule.narrowed for rule in screening.lists.values())


LINE = GoodGuy(
    "GG-1", "Ann Vell", "LU00", PERSON.list, PERSON.reference, entry_hash(PERSON), rules_version(), "passport seen",
    ("Bo", "Cy"), dt.date(2026, 1, 1), dt.date(2026, 12, 1),
)  # fmt: skip
GOOD_GUY = f"""
[[good_guy]]
id = "GG-1"
name = "Ann Vell"
account = "LU00"
list = "{PERSON.list}"
reference = "{PERSON.reference}"
entry_sha256 = "{entry_hash(PERSON)}"
rules = "{rules_version()}"
reason = "passport seen"
approved_by = ["Bo", "Cy"]
approved_on = 2026-01-01
expires = 2026-12-01
"""


def policy_with(folder: Path, good_guys: str | None) -> Path:
    named = TEXT.replace('homonyms = "propose"', 'good_guys = { file = "guys.toml" }\nhomonyms = "propose"')
    (folder / "policy.toml").write_text(named)
    if good_guys is not None:
        (folder / "guys.toml").write_text(good_guys)
    return folder / "policy.toml"


def test_the_policy_names_a_file_of_good_guys_which_is_part_of_it(tmp_path: Path) -> None:
    file = policy_with(tmp_path, GOOD_GUY)
    policy = load_policy(file, TODAY)
    assert policy.screening.good_guys_table == GoodGuys((LINE,))
    assert named_files(file, policy) == (tmp_path / "guys.toml",)
    assert policy.used.sha256 != load_policy(policy_with(tmp_path, ""), TODAY).used.sha256
    assert any("good guy GG-1 ends on 2026-12-01" in one for one in warnings_of(policy, TODAY))
    later = replace(LINE, expires=dt.date(2026, 12, 31))
    assert not any("GG-1" in one for one in warnings_of(_with(policy, later), TODAY))


def _with(policy: Policy, line: GoodGuy) -> Policy:
    return replace(policy, screening=replace(policy.screening, good_guys_table=GoodGuys((line,))))


@pytest.mark.parametrize(
    ("good_guys", "sentence"),
    [(None, "cannot be read"), (GOOD_GUY.replace('"Cy"', '"bo"'), "good guy 'GG-1': two different people")],
)
def test_a_bad_file_of_good_guys_refuses_the_policy(tmp_path: Path, good_guys: str | None, sentence: str) -> None:
    with pytest.raises(PolicyRefused, match=sentence):
        load_policy(policy_with(tmp_path, good_guys), TODAY)


def test_a_list_for_an_entity_that_is_declared_is_taken() -> None:
    own = TEXT.replace(UN, f'X = {{ entities = ["lu_bank"], max_age_hours = 24 }}\n{UN}')
    assert parse_policy(own.encode(), TODAY).screening.lists["X"].entities == ("lu_bank",)


def test_measures_that_leave_funds_free_may_be_chosen_for_a_list_beyond_the_minimum() -> None:
    text = TEXT.replace(OTHERS, MEASURES.format("OFAC_NON_SDN", '"Travel Ban", "Detention"', "LEG-014") + OTHERS)
    (rule,) = parse_policy(text.encode(), TODAY).screening.other_measures
    assert (rule.list, rule.measures, rule.reason) == ("OFAC_NON_SDN", ("Travel Ban", "Detention"), "LEG-014")
