"""A bank's acceptance tool: labelled payments, run under both laws against its own policy, compared field by field.

A case describes a payment in a person's words (who, from where, how much, what is given) and says for each law what
must come of it. It is turned into a Payment and a Context as a decoder would have left them; then the very functions
of the product judge it. A case states its own indicators and our own institution, so those of the policy are set
aside; everything else of the policy (readings, deadlines, matrix) is what is being tested.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from schemas.finding import Family, Reason
from schemas.identifiers import bic_country
from schemas.information.check import check
from streams.case_reading import CaseNotUnderstood, Labelled, days_of, read_case
from streams.decide import decide

if TYPE_CHECKING:
    from datetime import date

    from schemas.assessment import Assessment
    from schemas.decision import Decision
    from streams.policy import Policy

_TOP = frozenset({"meta", "cases", "timeline_cases"})
_STRICT = ("in_scope", "required_set", "info_status", "defects", "action", "alerts", "rfi_deadline_working_days",
           "verification_required")  # fmt: skip
_ADVISORY = frozenset({"codes", "article", "note", "notes"})
_OTHER_READING = "under_any_one_reading"
_ALERTS = {
    Reason.NAME_ABSENT_INTRA_UNION: "NAME_ABSENT_INTRA_EU",
    Reason.MEANINGLESS_NON_REQUIRED: "MEANINGLESS_NON_REQUIRED_FIELD",
    Reason.OPEN_HIT: "SANCTIONS_HIT",
}


class CaseRefused(Exception):  # noqa: N818 - it is a refusal of the whole file, in one sentence
    """The file is no file of labelled cases."""


@dataclass(frozen=True, slots=True)
class CaseOutcome:
    """One case under one law: what differs from its label, one readable line each; none means it passed."""

    case: str
    law: str
    title: str
    differences: tuple[str, ...]


def run_cases(document: object, policy: Policy) -> list[CaseOutcome]:
    """Run every case of a file under each law it is labelled for. Raises CaseRefused where it is no such file.

    A case that cannot be understood is missed, with the sentence that says why: it was not tested, so it did not pass.
    """
    cases, defaults = _cases_of(document)
    outcomes = []
    for position, raw in enumerate(cases, start=1):
        name, title = _label(raw, position)
        expected = raw.get("expected") if isinstance(raw, dict) else None
        if not isinstance(expected, dict) or not expected:
            outcomes.append(CaseOutcome(name, "", title, ("a case needs `expected` with at least one law",)))
            continue
        outcomes += [CaseOutcome(name, law, title, _run(raw, law, defaults, policy)) for law in expected]
    return outcomes


def _cases_of(document: object) -> tuple[list[Any], dict[str, date]]:
    if not isinstance(document, dict) or not isinstance(document.get("cases"), list):
        raise CaseRefused("a file of labelled cases has a list under the key `cases`")
    unknown = sorted(str(key) for key in document if key not in _TOP)
    if unknown:
        raise CaseRefused(f"unknown key {unknown[0]!r} at the top; known are {', '.join(sorted(_TOP))}")
    meta = document.get("meta") or {}
    try:
        return document["cases"], days_of(meta.get("default_as_of") if isinstance(meta, dict) else None)
    except CaseNotUnderstood as error:
        raise CaseRefused(f"meta.default_as_of: {error}") from None


def _label(raw: object, position: int) -> tuple[str, str]:
    if not isinstance(raw, dict):
        return f"number {position}", ""
    return str(raw.get("id", f"number {position}")), str(raw.get("title", ""))


def _run(raw: dict[str, Any], law: str, defaults: dict[str, date], policy: Policy) -> tuple[str, ...]:
    """What differs, under one law."""
    try:
        labelled = read_case(raw, law, defaults, policy.information.country)
        expected = _expected(raw["expected"][law], policy)
    except CaseNotUnderstood as error:
        return (str(error),)
    adapted = _adapted(policy, labelled)
    assessment = check(labelled.payment, labelled.context, adapted.information)
    decision = decide(labelled.payment, assessment, (), labelled.context, adapted)
    got = _got(assessment, decision)
    lines = [_difference(field, expected, got) for field in _STRICT]
    return tuple(line for line in lines if line)


def _expected(raw: object, policy: Policy) -> dict[str, Any]:
    """The label, under the reading of Art. 4(1)(c) that the policy has chosen."""
    if not isinstance(raw, dict):
        raise CaseNotUnderstood("what is expected under a law must be a table of fields")
    for key in ("defects", "alerts"):
        if not isinstance(raw.get(key) or [], list):
            raise CaseNotUnderstood(f"`expected.{key}` must be a list, not {raw[key]!r}")
    for key in raw:
        if key not in _STRICT and key not in _ADVISORY and not str(key).startswith("under_"):
            raise CaseNotUnderstood(f"unknown key {key!r} in `expected`; known are {', '.join(_STRICT)}")
    other = raw.get(_OTHER_READING)
    if policy.information.readings.third_element_2023 == "literal" or not isinstance(other, dict):
        return raw
    merged = {**raw, **other}
    if merged.get("info_status") == "complete":
        merged = {**merged, "defects": other.get("defects", []), "rfi_deadline_working_days": None}
    return merged


def _adapted(policy: Policy, labelled: Labelled) -> Policy:
    """The policy with the case's own institution, and with no indicators but those the case states."""
    information = replace(
        policy.information,
        own_bics=labelled.own_bics or policy.information.own_bics,
        country=next(filter(None, map(bic_country, labelled.own_bics)), policy.information.country),
        value_threshold_eur=Decimal("Infinity"),
        high_risk_countries=(),
    )
    return replace(policy, information=information)


def _got(assessment: Assessment, decision: Decision) -> dict[str, Any]:
    asks = decision.follow_up or decision.outcome.label == "suspend"
    facts = [finding.facts for finding in decision.findings if finding.facts.family is Family.DEFECT]
    return {
        "in_scope": assessment.in_scope,
        "required_set": assessment.required_set.value,
        "info_status": assessment.status.value,
        "defects": sorted({f"{one.item} {one.kind}" for one in facts}),
        "action": "execute_followup" if decision.follow_up else decision.outcome.label,
        "alerts": sorted({_ALERTS.get(finding.reason, finding.reason.name) for finding in decision.findings}),
        "rfi_deadline_working_days": assessment.deadline_working_days if asks else None,
        "verification_required": assessment.verification_required,
        "failures": [
            f"{one.facts.sentence} {one.detail}" for one in decision.findings if one.facts.family is Family.FAILURE
        ],
    }


def _difference(field: str, expected: dict[str, Any], got: dict[str, Any]) -> str:
    """One line where a field is not as labelled, "" where it is. Alerts and deadlines not labelled must not be."""
    if field == "alerts":
        return _alerts_difference(expected.get("alerts") or [], got["alerts"])
    if field == "rfi_deadline_working_days":
        wanted = expected.get(field)
    elif field not in expected:
        return ""
    elif field == "defects":
        wanted = sorted({_defect(one) for one in expected["defects"] or []})
    else:
        wanted = expected[field]
    if wanted == got[field]:
        return ""
    because = f" ({'; '.join(got['failures'])})" if field == "action" and got["failures"] else ""
    return f"{field}: expected {_words(wanted)}, got {_words(got[field])}{because}"


def _defect(raw: object) -> str:
    return f"{raw.get('field')} {raw.get('kind')}" if isinstance(raw, dict) else str(raw)


def _alerts_difference(expected: list[Any], got: list[str]) -> str:
    wanted = set(map(str, expected))
    told = {name for name in got if name in wanted or name in _ALERTS.values()}
    if wanted == told:
        return ""
    return f"alerts: expected {_words(sorted(wanted))}, got {_words(sorted(told))}"


def _words(value: object) -> str:
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return (", ".join(map(str, value)) or "none") if isinstance(value, list) else str(value)
