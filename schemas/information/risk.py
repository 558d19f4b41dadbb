"""What the risk-based part of the law asks beside the data itself: indicators, verification, time to answer.

Sources: JC/GL/2017/16 and EBA/GL/2024/11 (high-risk indicators, 3 and 5 working days); Art. 4(4), 5(3), 6(2) and
7(3)-(4) of both regulations (verification). Requirements: PAY-18, PAY-21, DET-07, DET-10, DET-19, DET-20.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas.assessment import RequiredSet, Step
from schemas.context import PriorStage
from schemas.payment import Role

if TYPE_CHECKING:
    from schemas.context import Context
    from schemas.information.amounts import Euros
    from schemas.information.policy import InformationPolicy
    from schemas.information.scope import Frame
    from schemas.payment import Rail

# A look at a member goes through its class (a quarter of a microsecond in Python 3.11): the hot ones have own names.
_INTERMEDIARY, _PAYEE = Role.INTERMEDIARY, Role.PAYEE
_RELIEVED = frozenset({RequiredSet.ART5_1, RequiredSet.ART6_2})
_FAILING = frozenset({PriorStage.WARNED, PriorStage.REJECT_ALL, PriorStage.RESTRICTED, PriorStage.TERMINATED})


def indicators_of(frame: Frame, euros: Euros, context: Context, policy: InformationPolicy) -> tuple[str, ...]:
    """The high-risk indicators that hold: those the hub reports, and those this payment shows itself."""
    found = dict.fromkeys(context.indicators)
    if _in_high_risk_country(frame, policy):
        found["HIGH_RISK_COUNTRY"] = None
    if euros.value is not None and euros.value > policy.value_threshold_eur:
        found["VALUE_ABOVE_THRESHOLD"] = None
    if context.prior_stage in _FAILING:
        found["REPEATEDLY_FAILING_PSP"] = None
    return tuple(found)


def monitoring_step(frame: Frame, rail: Rail, context: Context, policy: InformationPolicy) -> Step:
    """Whether this payment is looked at once more afterwards, by the first rule of the policy that fits, and why.

    Real time is what always happens; no rule can choose "afterwards" in its place, for characters least of all.
    """
    if not policy.monitoring:
        return _REAL_TIME
    risky = _in_high_risk_country(frame, policy)
    for rule in policy.monitoring:
        if (
            (rule.role is None or rule.role in frame.roles)
            and (rule.rail is None or rule.rail is rail)
            and (rule.high_risk_country is None or rule.high_risk_country == risky)
            and (rule.prior_psp_stage is None or rule.prior_psp_stage is context.prior_stage)
        ):
            conclusion = "in real time" if rule.mode == "real_time" else AFTERWARDS
            return Step("monitoring", rule.reason, "", conclusion, _MONITORING)
    return _REAL_TIME


AFTERWARDS = "in real time, and again afterwards"
_MONITORING = "Art. 7(2), 11(2); EBA/GL/2024/11"
_REAL_TIME = Step("monitoring", "no rule of the policy speaks of it", "", "in real time", _MONITORING)


def _in_high_risk_country(frame: Frame, policy: InformationPolicy) -> bool:
    risky = policy.high_risk_countries
    return frame.payer_country in risky or frame.payee_country in risky or frame.prior_country in risky


def verification_required(role: Role, required: RequiredSet, euros: Euros, context: Context) -> bool:
    """Whether the data of our own customer must have been verified before this payment goes on.

    Up to EUR 1 000 it need not, unless cash or anonymous e-money is involved or there is a suspicion; on the payer's
    side that relief holds only within the Union or under Art. 6(2).
    """
    if role is _INTERMEDIARY:
        return False
    if euros.above or context.suspicion:
        return True
    if role is _PAYEE:
        return _untraceable(context.payout)
    return required not in _RELIEVED or _untraceable(context.funding)


def _untraceable(means: str | None) -> bool:
    """Cash or anonymous electronic money."""
    return means is not None and any(word in means.lower() for word in ("cash", "anonym"))


def deadline_of(frame: Frame, policy: InformationPolicy) -> int:
    """Working days to answer a request: fewer where both ends and the one we ask are in the Union."""
    near = frame.payer_inside and frame.payee_inside and frame.prior_inside
    return policy.request_days_eea if near else policy.request_days_outside
