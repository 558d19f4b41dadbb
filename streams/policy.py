"""The bank's policy: loaded from TOML, proved lawful, hashed. An incomplete or illegal policy does not load.

`parse_policy` names every problem at once, so that a person mends the file in one go.
"""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass, field, fields
from datetime import date, timedelta
from typing import Any, Literal, TypeVar

import orjson
from pydantic import ConfigDict, TypeAdapter, ValidationError

from lists.policy import ScreeningPolicy
from schemas.decision import PolicyUsed
from schemas.formats.limits import Limits
from schemas.identifiers import is_bic
from schemas.information.lexicon import LEXICON
from schemas.information.policy import InformationPolicy
from streams.matrix import Row, problems_of

GRACE_AFTER_REVIEW = timedelta(days=30)
NAME_THRESHOLD_RANGE = (0.30, 0.999)

T = TypeVar("T")


class PolicyRefused(Exception):  # noqa: N818 - it is a refusal; `problems` says why
    """The policy is incomplete or below the law. `problems` names every reason, one sentence each."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Head:
    """Whose policy this is, which version, who approved it, and until when it may be used."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    id: str
    version: str
    approved_by: tuple[str, ...]
    approved_on: date
    review_before: date


@dataclass(frozen=True, slots=True)
class Routing:
    """What happens to messages that no row of the matrix can judge. Executing them is not a choice."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    unreadable: Literal["suspend", "reject"] = "suspend"


@dataclass(frozen=True, slots=True)
class Policy:
    """Everything a bank may choose, each part declared in the folder that obeys it. `used` goes into every decision."""

    policy: Head
    information: InformationPolicy
    screening: ScreeningPolicy
    matrix: tuple[Row, ...]
    decoding: Limits = field(default_factory=Limits)
    routing: Routing = field(default_factory=Routing)
    used: PolicyUsed = field(init=False, compare=False)

    def __post_init__(self) -> None:
        used = PolicyUsed(self.policy.id, self.policy.version, hashlib.sha256(canonical(self)).hexdigest())
        object.__setattr__(self, "used", used)  # frozen: computed once, it is in every decision


_SECTIONS: dict[str, TypeAdapter[Any]] = {
    "policy": TypeAdapter(Head),
    "information": TypeAdapter(InformationPolicy),
    "screening": TypeAdapter(ScreeningPolicy),
    "decoding": TypeAdapter(Limits),
    "routing": TypeAdapter(Routing),
}
_ROW: TypeAdapter[Row] = TypeAdapter(Row)
_REQUIRED = ("policy", "information", "screening", "matrix")


def parse_policy(raw: bytes, today: date) -> Policy:
    """The policy in these TOML bytes. Raises PolicyRefused with every problem: syntax, shape, the guards of the law."""
    try:
        document = tomllib.loads(raw.decode())
    except UnicodeDecodeError as error:
        raise PolicyRefused([f"not UTF-8 text (byte {error.start})"]) from None
    except tomllib.TOMLDecodeError as error:
        raise PolicyRefused([f"not valid TOML: {error}"]) from None
    problems = [f"{name}: unknown section" for name in document if name not in {*_SECTIONS, "matrix"}]
    problems += [f"{name}: this section is missing" for name in _REQUIRED if name not in document]
    parts = {name: _section(name, document[name], problems) for name in _SECTIONS if name in document}
    rows = _rows(document["matrix"], problems) if "matrix" in document else []
    problems += _guard_problems(parts, today)
    if problems:
        raise PolicyRefused(problems)
    return Policy(matrix=tuple(rows), **parts)


def _section(name: str, content: object, problems: list[str]) -> Any:
    try:
        return _SECTIONS[name].validate_python(content)
    except ValidationError as error:
        problems += [_sentence(name, one) for one in error.errors()]
        return None


def _rows(content: object, problems: list[str]) -> list[Row]:
    """The rows of the matrix. It is proved only when every row can be read: half a matrix proves nothing."""
    if not isinstance(content, list):
        problems.append("matrix: must be a list of [[matrix]] tables")
        return []
    rows: list[Row] = []
    for position, one in enumerate(content, start=1):
        name = one.get("id", f"number {position}") if isinstance(one, dict) else f"number {position}"
        try:
            rows.append(_ROW.validate_python(one))
        except ValidationError as error:
            problems += [_sentence(f"matrix row {name}", problem) for problem in error.errors()]
    if len(rows) == len(content):
        problems += problems_of(rows)
    return rows


def _sentence(section: str, error: Any) -> str:
    place = ".".join(str(step) for step in error["loc"])
    if error["type"] in {"extra_forbidden", "unexpected_keyword_argument"}:
        return f"{section}.{place}: unknown setting"
    if error["type"] in {"missing", "missing_argument"}:
        return f"{section}.{place}: this setting is missing"
    return f"{section}.{place}: {error['msg']} (got {error['input']!r})"


def _guard_problems(parts: dict[str, Any], today: date) -> list[str]:
    """Guards that do not depend on the matrix (policy-sketch: guards)."""
    problems: list[str] = []
    if head := parts.get("policy"):
        problems += _head_problems(head, today)
    if information := parts.get("information"):
        problems += _information_problems(information)
    if screening := parts.get("screening"):
        problems += _screening_problems(screening)
    return problems


def _head_problems(head: Head, today: date) -> list[str]:
    problems: list[str] = []
    if len({name.strip().casefold() for name in head.approved_by}) < 2:  # noqa: PLR2004 - four eyes
        problems.append("policy.approved_by: two different people must approve a policy")
    if today > head.review_before + GRACE_AFTER_REVIEW:
        problems.append(
            f"policy.review_before: review was due on {head.review_before}, more than 30 days ago; have it reviewed"
        )
    return problems


def _information_problems(information: InformationPolicy) -> list[str]:
    """Real time, review afterwards, meaning and indicators have no switch; the rest is proved (DET-08, DET-10)."""
    problems: list[str] = []
    if not information.own_bics:
        problems.append("information.own_bics: name at least one BIC of ours, otherwise no payment has a role")
    own = {bic[:8] for bic in information.own_bics}
    if own & {bic[:8] for bic in information.not_institutions}:
        problems.append("information.not_institutions: names a BIC of ours, which is an institution")
    problems += [
        f"information.monitoring: rule {place} ({rule.mode}) gives no reason; the choice must be explained"
        for place, rule in enumerate(information.monitoring, start=1)
        if not rule.reason.strip()
    ]
    if information.rates.maximum_age_days < 0:
        problems.append("information.rates.maximum_age_days: must not be below 0")
    problems += [
        f"information.character_extensions: {one.counterparty!r} needs a BIC, characters and a contract"
        for one in information.character_extensions
        if not (is_bic(one.counterparty) and one.characters and one.contract)
    ]
    return problems


def warnings_of(policy: Policy, today: date) -> list[str]:
    """What is lawful today but needs somebody soon: the policy's review, agreements and words past theirs (DET-16)."""
    told = []
    if today > policy.policy.review_before:
        told.append(f"policy.review_before: review was due on {policy.policy.review_before}")
    table, rates = policy.information.rate_table, policy.information.rates
    if table is not None and (today - table.newest).days > rates.maximum_age_days:
        told.append(
            f"information.rates: the newest rate is of {table.newest}; other currencies count as above EUR 1 000"
        )
    told += [
        f"information.character_extensions: {one.contract} with {one.counterparty} ended on {one.expires}"
        for one in policy.information.character_extensions
        if one.expires < today
    ]
    due = LEXICON.due(today)
    told += [
        f"lexicon: {one.group} ({one.language}) was due for review on {one.next_review}, owner {one.owner}"
        for one in due
    ]
    return told


def _screening_problems(screening: ScreeningPolicy) -> list[str]:
    low, high = NAME_THRESHOLD_RANGE
    named = {"name_threshold": screening.name_threshold, "text_threshold": screening.text_threshold}
    named |= {f"lists.{name}.threshold": rule.threshold for name, rule in screening.lists.items() if rule.threshold}
    problems = [
        f"screening.{name}: {value} is outside {low} to {high}; at 1 and above no name would ever be found"
        for name, value in named.items()
        if not low <= value <= high
    ]
    if not any(rule.required for rule in screening.lists.values()):
        problems.append("screening.lists: name at least one required list, otherwise nothing is screened")
    return problems


def canonical(policy: Policy) -> bytes:
    """The effective policy as sorted JSON, defaults included: what `policy show` prints, and what is hashed."""
    document = {one.name: getattr(policy, one.name) for one in fields(policy) if one.init}
    return orjson.dumps(document, default=str, option=orjson.OPT_SORT_KEYS | orjson.OPT_INDENT_2)
