"""payment-filter policy review: recorded messages judged again, what they lack, and the rate of defects among them."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import orjson

from streams.cli.common import Refusal, batches, read_bytes
from streams.pipeline import filter_batch
from streams.review import Recorded, Reviewed, reviewed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from lists.index import Index
    from streams.cli.asking import Asked
    from streams.policy import Policy

BATCH = 64


def records_in(file: Path | None) -> list[dict[str, Any]]:
    """The decision records in a file of JSON lines, as `check --json` and payments.decisions give them."""
    if file is None:
        return []
    records = []
    for number, line in enumerate(read_bytes(str(file)).splitlines(), start=1):
        try:
            record = orjson.loads(line)
            record["message_sha256"], record["outcome"], record["findings"], record["payments"], record["reasons"]
        except (orjson.JSONDecodeError, TypeError, KeyError):
            raise Refusal(f"{file}, line {number} is no decision record (one JSON object a line)") from None
        records.append(record)
    return records


def reviews(
    asked: Sequence[Asked], index: Index, policy: Policy, share: float, seed: str, records: list[dict[str, Any]]
) -> Iterator[Reviewed]:
    """Every message that is drawn or targeted, judged again."""
    then = {one["message_sha256"]: Recorded(one["outcome"], tuple(one["reasons"])) for one in records}
    for batch in batches(asked, BATCH, "messages"):
        for one, decisions in zip(batch, filter_batch([each.question for each in batch], index, policy), strict=True):
            found = reviewed(one.name, decisions, share, seed, then)
            if found is not None:
                yield found


def summary(found: Sequence[Reviewed], messages: int, share: float, seed: str) -> dict[str, Any]:
    """What makes the review repeatable, and what it found."""
    lacking = sum(bool(one.defects) for one in found)
    return {
        "messages": messages,
        "reviewed": len(found),
        "drawn": sum("drawn" in one.chosen for one in found),
        "targeted": sum(any(why.startswith("targeted") for why in one.chosen) for one in found),
        "with_defects": lacking,
        "defect_rate": round(lacking / len(found), 4) if found else 0.0,
        "differing": sum(bool(one.differs) for one in found),
        "share": share,
        "seed": seed,
    }


def review_lines(found: Sequence[Reviewed], told: dict[str, Any]) -> Iterator[str]:
    """Each message that lacks something or was decided otherwise, then the summary."""
    for one in found:
        if one.defects or one.differs:
            yield f"{one.outcome:16}  {one.message}  ({'; '.join(one.chosen)})"
            yield from (f"    {reason}" for reason in one.defects)
            yield from (f"    otherwise than in real time: {word}" for word in one.differs)
    yield (
        f"{told['reviewed']} of {told['messages']} messages reviewed: {told['drawn']} drawn (share {told['share']}, "
        f"seed {told['seed']!r}), {told['targeted']} targeted"
    )
    yield (
        f"{told['with_defects']} with defects ({told['defect_rate']:.2%}), "
        f"{told['differing']} decided otherwise than in real time"
    )


def review_json(found: Sequence[Reviewed], told: dict[str, Any]) -> Iterator[bytes]:
    """One object a message, the summary last."""
    yield from (orjson.dumps(asdict(one)) for one in found)
    yield orjson.dumps(told)
