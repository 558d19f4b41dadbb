"""Write `lists/data/recall.tsv`: recall and alerts of the shipped engine at each threshold, on the reporting half.

    python -m tests.bench.make_recall

Needs the real lists and names of ../shared (or $PAYMENT_FILTER_SHARED). `payment-filter policy check` refuses
thresholds by this table, so write it anew whenever the engine finds other names than before.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from lists.accuracy import share_at
from lists.index import Index
from schemas.decision import EditionUsed
from tests.bench import workload
from tests.bench.accuracy import key_of, scores_of
from tests.shared import SHARED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.bench.workload import Query

TARGET = Path(__file__).resolve().parents[2] / "lists" / "data" / "recall.tsv"
THRESHOLDS = [step / 100 for step in range(50, 100)]
LEAST_IN_CLASS = 20
"""Smaller classes say nothing of a share."""


def rows(asked: str, positives: Sequence[Query], found: Sequence[float], clean: Sequence[float]) -> Iterator[str]:
    """One line a threshold: what was asked, threshold, recall, the weakest class and its recall, alerts per 1,000."""
    by_class: dict[str, list[float]] = defaultdict(list)
    for query, score in zip(positives, found, strict=True):
        by_class[query.kind].append(score)
    large = {kind: scores for kind, scores in by_class.items() if len(scores) >= LEAST_IN_CLASS}
    for threshold in THRESHOLDS:
        weakest = min(large, key=lambda kind: share_at(large[kind], threshold))
        shares = (share_at(found, threshold), share_at(large[weakest], threshold))
        alerts = 1000 * share_at(clean, threshold)
        yield f"{asked}\t{threshold:.2f}\t{shares[0]:.4f}\t{shares[1]:.4f}\t{weakest}\t{alerts:.1f}"


def main() -> int:
    """Measure and write."""
    if not (SHARED / "data").is_dir():
        print(f"The measure needs the real lists and names, and {SHARED} is not there: set $PAYMENT_FILTER_SHARED.")
        return 1
    load = workload.build()
    index = Index.build(load.entries, EditionUsed("measure"))
    entries = {key_of(entry): number for number, entry in enumerate(index.entries)}
    latin = [query for query in load.positives.reporting if not query.kind.startswith("nonlatin")]
    clean = [query for query in load.clean.reporting if workload.is_latin(query.text)]
    planted, texts = load.planted.reporting, load.texts.reporting
    head = (
        f"# {len(latin)} distorted and {len(clean)} clean Latin names, {len(planted)} texts with a listed name and "
        f"{len(texts)} without, {index.names} listed names; python -m tests.bench.make_recall\n"
        "# asked\tthreshold\trecall\tof the weakest class\tits name\talerts per 1,000 clean"
    )
    lines = [
        head,
        *rows("name", latin, scores_of(index.search, entries, latin), scores_of(index.search, entries, clean)),
        *rows(
            "text",
            planted,
            scores_of(index.search_texts, entries, planted),
            scores_of(index.search_texts, entries, texts),
        ),
    ]
    TARGET.write_text("\n".join(lines) + "\n")
    print(f"{TARGET}: {len(lines)} lines")
    return 0


if __name__ == "__main__":
    sys.exit(main())
