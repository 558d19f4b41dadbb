"""The decision matrix: the bank's table from what is known of a payment to what happens to it. The first match wins.

A matrix is only accepted when `problems_of` can prove these things from its rows alone: every payment finds a row, a
payment with an open sanctions hit or a fraud hold is always suspended, an outgoing payment with incomplete information
is never executed (Regulation (EU) 2023/1113 Art. 4(6)), and more risk never leads to a softer action; a missing name is
more than a missing address. Requirements: MNG-01, MNG-03, MNG-04, PAY-09, INT-10.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from enum import StrEnum
from itertools import product
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar

from pydantic import BeforeValidator, ConfigDict

from schemas.assessment import InformationStatus
from schemas.context import PriorStage
from schemas.decision import Outcome
from schemas.finding import Item, Kind
from schemas.payment import Rail, Role
from schemas.quick import quick

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


T = TypeVar("T")


class Action(StrEnum):
    """What a row orders. `execute_followup`: execute, and ask for the missing information afterwards."""

    EXECUTE = "execute"
    EXECUTE_FOLLOWUP = "execute_followup"
    REJECT = "reject"
    SUSPEND = "suspend"

    @property
    def outcome(self) -> Outcome:
        """The outcome topic this action leads to."""
        return _OUTCOMES[self]

    @property
    def strictness(self) -> int:
        """0 lets the money go, 1 lets it go and asks, 2 holds or returns it."""
        return {Action.EXECUTE: 0, Action.EXECUTE_FOLLOWUP: 1}.get(self, 2)


_OUTCOMES = {
    Action.EXECUTE: Outcome.EXECUTE,
    Action.EXECUTE_FOLLOWUP: Outcome.EXECUTE,
    Action.REJECT: Outcome.REJECT,
    Action.SUSPEND: Outcome.SUSPEND,
}

NOT_COMPLETE = (InformationStatus.MISSING, InformationStatus.INCOMPLETE, InformationStatus.INADMISSIBLE)


def _listed(value: Any) -> Any:
    """One value or several: a policy may write `rail = "sct"` or `rail = ["sct", "cbpr"]`."""
    return value if isinstance(value, (list, tuple)) else (value,)


def _statuses(value: Any) -> Any:
    return tuple(status for one in _listed(value) for status in (NOT_COMPLETE if one == "not_complete" else (one,)))


@quick
@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one payment, in the matrix's own terms."""

    scope: Literal["in", "out"] = "in"
    sanctions: Literal["none", "open_hit"] = "none"
    fraud_hold: bool = False
    roles: tuple[Role, ...] = ()
    status: InformationStatus = InformationStatus.COMPLETE
    prior_psp_stage: PriorStage = PriorStage.NONE
    rail: Rail = Rail.UNKNOWN
    rfi: Literal["none", "expired"] = "none"
    defects: tuple[tuple[Item, Kind], ...] = ()
    indicator: bool = False


@dataclass(frozen=True, slots=True)
class When:
    """The condition of a row: every field given must hold; a field not given says nothing.

    `defect` and `kind` together ask for one defect that has both.
    """

    __pydantic_config__ = ConfigDict(extra="forbid")

    scope: Literal["in", "out"] | None = None
    sanctions: Literal["none", "open_hit"] | None = None
    fraud_hold: bool | None = None
    role: Annotated[tuple[Role, ...], BeforeValidator(_listed)] | None = None
    status: Annotated[tuple[InformationStatus, ...], BeforeValidator(_statuses)] | None = None
    prior_psp_stage: Annotated[tuple[PriorStage, ...], BeforeValidator(_listed)] | None = None
    rail: Annotated[tuple[Rail, ...], BeforeValidator(_listed)] | None = None
    rfi: Literal["none", "expired"] | None = None
    defect: Annotated[tuple[Item, ...], BeforeValidator(_listed)] | None = None
    kind: Annotated[tuple[Kind, ...], BeforeValidator(_listed)] | None = None
    indicator: bool | None = None

    def holds(self, facts: Facts) -> bool:
        """Whether this row speaks of a payment with these facts."""
        return (
            (self.scope is None or self.scope == facts.scope)
            and (self.sanctions is None or self.sanctions == facts.sanctions)
            and (self.fraud_hold is None or self.fraud_hold == facts.fraud_hold)
            and (self.role is None or any(role in self.role for role in facts.roles))
            and (self.status is None or facts.status in self.status)
            and (self.prior_psp_stage is None or facts.prior_psp_stage in self.prior_psp_stage)
            and (self.rail is None or facts.rail in self.rail)
            and (self.rfi is None or self.rfi == facts.rfi)
            and (self.indicator is None or self.indicator == facts.indicator)
            and self.defect_holds(facts)
        )

    def defect_holds(self, facts: Facts) -> bool:
        """Whether one of the defects has the item and the kind this row asks for."""
        if self.defect is None and self.kind is None:
            return True
        return any(
            (self.defect is None or item in self.defect) and (self.kind is None or kind in self.kind)
            for item, kind in facts.defects
        )


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the matrix. `queue` is the people's work queue a suspended payment goes to."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    id: str
    action: Action
    when: When = When()
    queue: str = ""


def first_match(rows: Sequence[Row], facts: Facts) -> Row:
    """The row that decides. A loaded matrix always has one (its last row asks for nothing)."""
    return next(row for row in rows if row.when.holds(facts))


def problems_of(rows: Sequence[Row]) -> list[str]:
    """Every reason to refuse this matrix, each one sentence that names the row; empty when it is proved lawful."""
    if not rows or rows[-1].when != When():
        return ["matrix: the last row must have no condition (when = {}), otherwise some payments would find no row"]
    ids = [row.id for row in rows]
    doubled = sorted({id_ for id_ in ids if ids.count(id_) > 1})
    problems = [f"matrix: row id {id_!r} stands more than once" for id_ in doubled]
    broken: dict[str, str] = {}
    for facts in _space(rows):
        row = first_match(rows, facts)
        for guard, sentence in _guards(rows, row, facts):
            broken.setdefault(f"{guard}/{row.id}", sentence)
    return [*problems, *broken.values()]


def _guards(rows: Sequence[Row], row: Row, facts: Facts) -> Iterator[tuple[str, str]]:
    if facts.sanctions == "open_hit" and row.action is not Action.SUSPEND:
        yield "sanctions", f"matrix row {row.id}: a payment with an open sanctions hit would be {_past(row.action)}"
    if facts.fraud_hold and row.action is not Action.SUSPEND:
        yield "fraud", f"matrix row {row.id}: a payment under a fraud hold would be {_past(row.action)}"
    if Role.PAYER in facts.roles and facts.status in NOT_COMPLETE and row.action.outcome is Outcome.EXECUTE:
        sentence = f"matrix row {row.id}: an outgoing payment with incomplete information would be executed"
        yield "outgoing", f"{sentence}, which Regulation (EU) 2023/1113 Art. 4(6) forbids"
    for name, riskier in _riskier(facts):
        other = first_match(rows, riskier)
        if other.action.strictness < row.action.strictness:
            yield (
                "monotone",
                f"matrix row {other.id}: more risk ({name}) would soften {row.action} (row {row.id}) to {other.action}",
            )


_NO_ADDRESS = ((Item.PAYER_THIRD_ELEMENT, Kind.MISSING),)


def _past(action: Action) -> str:
    return {Action.REJECT: "rejected, which tips off", Action.EXECUTE_FOLLOWUP: "executed"}.get(action, "executed")


def _riskier(facts: Facts) -> Iterator[tuple[str, Facts]]:
    """The same payment with one thing worse."""
    if facts.sanctions == "none":
        yield "an open sanctions hit", replace(facts, sanctions="open_hit")
    if not facts.fraud_hold:
        yield "a fraud hold", replace(facts, fraud_hold=True)
    if not facts.indicator:
        yield "a high-risk indicator", replace(facts, indicator=True)
    if facts.prior_psp_stage is not PriorStage.REJECT_ALL:
        yield "a prior institution to reject", replace(facts, prior_psp_stage=PriorStage.REJECT_ALL)
    if facts.defects == _NO_ADDRESS:
        for item in (Item.PAYER_NAME, Item.PAYEE_NAME):
            yield f"no {item} instead of no address", replace(facts, defects=((item, Kind.MISSING),))
    if facts.rfi == "none":
        yield "an unanswered request", replace(facts, rfi="expired")


def _space(rows: Sequence[Row]) -> Iterator[Facts]:
    """One payment of every kind the rows can tell apart."""
    rails = _representatives(rows, "rail", tuple(Rail))
    stages = (
        PriorStage.NONE,
        *[s for s in _representatives(rows, "prior_psp_stage", tuple(PriorStage)) if s != "none"],
    )
    plain = product(("none", "open_hit"), (False, True), tuple(Role), stages, rails, ("none", "expired"), (False, True))
    for sanctions, fraud, role, stage, rail, rfi, indicator in plain:
        base = Facts("in", sanctions, fraud, (role,), InformationStatus.COMPLETE, stage, rail, rfi, (), indicator)  # type: ignore[arg-type] # product() forgets the literals
        yield base
        yield replace(base, scope="out", status=InformationStatus.NOT_APPLICABLE)
        for item, kind in _defects(rows):
            yield replace(base, status=_status(kind), defects=((item, kind),))


def _representatives(rows: Sequence[Row], name: str, values: tuple[T, ...]) -> list[T]:
    """One value for each set of rows that mention it: the others behave alike."""
    seen: dict[tuple[bool, ...], T] = {}
    for value in values:
        asked = [getattr(row.when, name) for row in rows]
        seen.setdefault(tuple(wanted is None or value in wanted for wanted in asked), value)
    return list(seen.values())


def _defects(rows: Sequence[Row]) -> list[tuple[Item, Kind]]:
    seen: dict[tuple[bool, ...], tuple[Item, Kind]] = {}
    for item, kind in product(Item, Kind):
        probe = Facts(defects=((item, kind),))
        status = _status(kind)
        answer = tuple(
            row.when.defect_holds(probe) and (row.when.status is None or status in row.when.status) for row in rows
        )
        seen.setdefault(answer, (item, kind))
    return list(seen.values())


def _status(kind: Kind) -> InformationStatus:
    """A meaningless item counts as missing (cases.yaml legend; JC/GL/2017/16)."""
    return InformationStatus.MISSING if kind is Kind.MEANINGLESS else InformationStatus(kind.value)


assert {f.name for f in fields(When)} - {"role", "defect", "kind"} <= {f.name for f in fields(Facts)}
