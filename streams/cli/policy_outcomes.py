"""payment-filter policy outcomes: each recorded message under both laws on a few lines, then a table by type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from streams.outcomes import LAWS, OUTCOMES, counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from streams.outcomes import Outcomes, UnderLaw

_TITLES = {"eu_2015_847": "2015/847", "eu_2023_1113": "2023/1113"}
_WIDTH = len("execute_followup")


def outcome_lines(found: Sequence[Outcomes]) -> Iterator[str]:
    """Under each message what it is and what we are in it; why, where something moved it; then the table."""
    for one in found:
        outcomes = dict.fromkeys(under.outcome for under in one.laws.values())
        count = f", {one.payments} payments" if one.payments > 1 else ""
        yield f"{' | '.join(outcomes):{_WIDTH}}  {one.message}"
        frames = {law: _frame(under) for law, under in one.laws.items()}
        yield from (f"    {one.type}{count}{line}" for line in _by_law(frames))
        yield from (
            f"        {line}" for line in _by_law({law: _why(under) for law, under in one.laws.items()}) if line
        )
    yield ""
    yield from _table(found)


def _by_law(texts: dict[str, str]) -> Iterator[str]:
    """One line where both laws say the same, else one for each."""
    if len(set(texts.values())) == 1:
        yield next(iter(texts.values()))
        return
    yield from (f"{text} [{_TITLES[law]}]" for law, text in texts.items())


def _frame(under: UnderLaw) -> str:
    if not under.roles:
        return ""
    scope = "/".join(under.scope)
    required, rows = "/".join(under.required), "/".join(under.rows)
    return f", {' and '.join(under.roles)}, scope {scope}, required {required}, row {rows}"


def _why(under: UnderLaw) -> str:
    told = f"(told: {', '.join(under.told)})" if under.told else ""
    return "; ".join(part for part in (*under.because, told) if part)


def _table(found: Sequence[Outcomes]) -> Iterator[str]:
    """Messages by type; each cell is 2015/847, then 2023/1113 where it is another number."""
    heading = "".join(f"{name:>18}" for name in OUTCOMES)
    yield f"{'type':18}{'messages':>10}{heading}"
    table = counted(found)
    totals = {law: dict.fromkeys(OUTCOMES, 0) for law in LAWS}
    for kind, laws in table.items():
        yield _row(kind, laws)
        for law, counts in laws.items():
            totals[law] = {name: totals[law][name] + counts[name] for name in OUTCOMES}
    yield _row("all", totals)
    yield f"each number: {' / '.join(_TITLES[law] for law in LAWS)}, once where both are the same"


def _row(kind: str, laws: dict[str, dict[str, int]]) -> str:
    count = sum(next(iter(laws.values())).values())
    cells = (" / ".join(dict.fromkeys(str(counts[name]) for counts in laws.values())) for name in OUTCOMES)
    return f"{kind:18}{count:>10}" + "".join(f"{cell:>18}" for cell in cells)
