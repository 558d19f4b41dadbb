"""payment-filter explain: the whole reasoning on one message, as a person reads it."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, Annotated

import typer

from lists.fields import fields_of
from schemas.finding import Family, Item
from schemas.formats.detect import decode
from schemas.information.duties import PASSED
from schemas.payment import Message
from streams.cli.asking import AtOption, ContextOption, questions_from
from streams.cli.common import DEFAULT_LISTS, DEFAULT_POLICY, ListsOption, PolicyOption, index_at, policy_at
from streams.cli.explain_items import parties, seen
from streams.cli.screen import piece_line
from streams.pipeline import filter_batch

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from schemas.assessment import Assessment
    from schemas.decision import Decision, Decisions
    from schemas.finding import Finding, Match
    from schemas.payment import Payment
    from streams.policy import Policy

app = typer.Typer(add_completion=False)


@app.command()
def explain(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A message file; - for standard input.")],
    policy: PolicyOption = DEFAULT_POLICY,
    lists: ListsOption = DEFAULT_LISTS,
    at: AtOption = None,
    context: ContextOption = None,
) -> None:
    """Tell which rules ran on FILE, what they saw and where, under which law, and every list comparison in pieces."""
    asked = questions_from([file], at, context)[0]
    rules = policy_at(policy)
    decisions = filter_batch([asked.question], index_at(lists), rules)[0]
    message = decode(asked.raw, rules.decoding, asked.context.format)
    payments = message.payments if isinstance(message, Message) else ()
    print("\n".join(explanation(asked.name, decisions, rules, payments)))


def explanation(name: str, decisions: Decisions, policy: Policy, payments: Sequence[Payment] = ()) -> Iterator[str]:
    """The lines of the explanation: message, then each payment, then what it can be reproduced with.

    `payments` are those of the message, in its order; none where it cannot be read.
    """
    yield f"{name}: {decisions.outcome.label.upper()}"
    yield f"  format {decisions.format}, {len(decisions.decisions)} payment(s), sha256 {decisions.message_sha256}"
    lists = ", ".join(used.id for used in decisions.edition.lists) or "no list"
    for decision, payment in zip_longest(decisions.decisions, payments):
        yield ""
        yield from _payment(decision, payment, policy, lists)
    yield ""
    yield "Decided with"
    yield f"  policy   {decisions.policy.id} {decisions.policy.version}, sha256 {decisions.policy.sha256}"
    yield f"  edition  {decisions.edition.id}"
    for used in decisions.edition.lists:
        published = used.published or "date unknown"
        yield f"           {used.id}: {published}, {used.entries} entries, sha256 {used.sha256[:16]}"
    yield f"  engine   {decisions.engine}; decision id {decisions.decision_id}"


def _payment(decision: Decision, payment: Payment | None, policy: Policy, lists: str) -> Iterator[str]:
    amount = f", {decision.amount.value} {decision.amount.currency}" if decision.amount else ""
    day = f", {decision.business_date}" if decision.business_date else ""
    yield f"Payment {decision.position}{amount}{day}: {decision.outcome.label.upper()}"
    yield f"  because  {_row(decision, policy)}"
    if payment is not None:
        yield from (f"  {word:8} {told}" for word, told in parties(payment))
    if decision.assessment is not None:
        yield from _frame(decision.assessment, payment)
    yield from _asked(decision)
    if payment is not None:
        listed = sum(one.facts.family is Family.LISTED for one in decision.findings)
        yield f"  screened {len(fields_of(payment))} fields against {lists}: {listed or 'no'} hits"
    if not decision.findings:
        yield "  findings none: nothing that is required is missing, nothing is listed"
    for number, finding in enumerate(decision.findings, start=1):
        yield f"  finding {number}: {finding.facts.sentence} [{finding.reason}]"
        yield from (f"    {line}" for line in _finding(finding))


def _row(decision: Decision, policy: Policy) -> str:
    row = next((row for row in policy.matrix if row.id == decision.row), None)
    if row is None:
        return f"{decision.row}: a required check could not run, so nothing is executed"
    said = {name: getattr(row.when, name) for name in row.when.__slots__}
    when = ", ".join(f"{name} = {_plain(value)}" for name, value in said.items() if value is not None)
    queue = f", queue {row.queue}" if row.queue else ""
    return f"matrix row {row.id}: when {when or 'nothing above fits'} then {row.action}{queue}"


def _plain(value: object) -> str:
    return " or ".join(str(one) for one in value) if isinstance(value, tuple) else str(value).lower()


def _frame(frame: Assessment, payment: Payment | None) -> Iterator[str]:
    ours = " and ".join(frame.roles) or "not in the chain"
    yield f"  we are   {ours}; direction {frame.direction}, rail {frame.rail}"
    yield f"  law      {frame.profile}; {'in' if frame.in_scope else 'out of'} scope: {frame.scope_reason}"
    yield f"  required {frame.required_set}; status {frame.status}"
    if frame.indicators:
        yield f"  risk     {', '.join(frame.indicators)}"
    yield "  rules"
    for step in frame.steps:
        place = f" at {step.path}" if step.path else ""
        saw = f" saw {step.saw!r}{place}" if step.saw or place else ""
        if not step.saw and payment is not None and step.rule in set(Item):
            good = step.conclusion == PASSED
            values = [f"{one.text!r} at {one.path}" for one in seen(payment, Item(step.rule), good=good)]
            saw = f" saw {', '.join(values)}" if values else f" saw nothing{place}"
        yield f"    {step.rule}:{saw} -> {step.conclusion} ({step.source})"


def _asked(decision: Decision) -> Iterator[str]:
    days = decision.assessment.deadline_working_days if decision.assessment else None
    for request in decision.requests:
        yield f"  ask for  {request.item} ({request.code})" + (f", within {days} working days" if days else "")
    if decision.status_codes:
        yield f"  codes    {', '.join(decision.status_codes)}"


def _finding(finding: Finding) -> Iterator[str]:
    if finding.path:
        yield f"at      {finding.path}"
    if finding.seen:
        yield f"saw     {finding.seen!r}"
    if finding.detail:
        yield f"detail  {finding.detail}"
    yield f"source  {finding.article}"
    if finding.match is not None:
        yield from _match(finding.match)


def _match(match: Match) -> Iterator[str]:
    programmes = ", ".join(match.programmes)
    yield f"entry   {match.entry_name} [{match.list} {match.reference}, {match.entry_kind}] {programmes}".rstrip()
    yield f"match   {match.span!r} ~ {match.matched_name!r} ({match.strength}), method {match.method}"
    yield f"score   {match.score:.3f}"
    for piece in match.pieces:
        yield f"        {piece_line(piece)}"
