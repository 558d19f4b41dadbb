"""What is told about the frame of a payment: its date, our role, where the institutions are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas.assessment import Step
from schemas.finding import Finding, Reason
from schemas.information.law import LAWS
from schemas.payment import PaymentKind

if TYPE_CHECKING:
    from schemas.context import Context
    from schemas.information.amounts import Euros
    from schemas.information.law import Law
    from schemas.information.scope import Frame
    from schemas.payment import Institution, Payment

ABSURD_YEAR = 2100
_DAYS_AHEAD = 366
_NO_TRANSFER = frozenset({PaymentKind.RETURN, PaymentKind.CANCELLATION_REQUEST})


def date_findings(payment: Payment, context: Context, law: Law) -> list[Finding]:
    """A business date that is missing altogether, before the first law known here, or too far ahead."""
    day, received = payment.business_date, context.received_at
    path = payment.business_date_path or payment.path
    if day is None:
        return [] if received is not None else [Finding(Reason.DATE_IMPLAUSIBLE, path, "", f"{law.key} applied")]
    ahead = received is not None and (day - received.date()).days > _DAYS_AHEAD
    if day >= LAWS[0].first_day and day.year < ABSURD_YEAR and not ahead:
        return []
    return [Finding(Reason.DATE_IMPLAUSIBLE, path, day.isoformat(), f"{law.key} applied")]


def frame_findings(payment: Payment, frame: Frame, *, exempt: bool) -> list[Finding]:
    """A role nobody can tell is a check that cannot run; an end nobody can place gives no relief.

    Where nothing is asked of a payment, our role in it decides nothing: a transfer between institutions that name
    themselves by clearing numbers is not held for that. A return or a request to cancel is no transfer at all.
    """
    if payment.kind in _NO_TRANSFER:
        return []
    findings = []
    if not frame.known and not exempt:
        detail = "the payer's institution has no BIC, and nothing says what our institution is"
        findings.append(Finding(Reason.FIELD_UNREADABLE, _path(payment, payment.payer_institution), "", detail))
    if frame.payer_country is None:
        findings.append(_not_located(payment, payment.payer_institution, "payer"))
    if frame.payee_country is None:
        findings.append(_not_located(payment, payment.payee_institution, "payee"))
    return findings


def _not_located(payment: Payment, institution: Institution | None, whose: str) -> Finding:
    seen = "" if institution is None or institution.bic is None else institution.bic.text
    return Finding(Reason.INSTITUTION_NOT_LOCATED, _path(payment, institution), seen, f"the {whose}'s institution")


def _path(payment: Payment, institution: Institution | None) -> str:
    return payment.path if institution is None else institution.path


def frame_steps(payment: Payment, frame: Frame, law: Law, euros: Euros) -> list[Step]:
    """The reasoning so far, for `payment-filter explain`."""
    day = payment.business_date
    chain = "whole chain in the Union" if frame.chain_inside else "not the whole chain in the Union"
    ends = f"payer's institution {_place(frame.payer_country)}, payee's {_place(frame.payee_country)}"
    return [
        Step("law", "no date" if day is None else day.isoformat(), payment.business_date_path, law.key, law.title),
        Step("role", frame.told_by, "", ", ".join(frame.roles), f"{law.title} Art. 3"),
        Step("chain", ends, "", chain, f"{law.title} Art. 2(1), 5(1)"),
        Step(
            "amount",
            euros.said,
            euros.path,
            "above EUR 1 000" if euros.above else "not above EUR 1 000",
            f"{law.title} Art. 5(2), 6(2), 7(3)",
        ),
    ]


def _place(country: str | None) -> str:
    return country if country is not None else "somewhere unknown"
