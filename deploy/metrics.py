"""Writes METRICS.md beside this file from the catalogue of metrics itself (streams/metrics.py).

python deploy/metrics.py           write it
python deploy/metrics.py --check   exit 1 if what stands there is not what would be written
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))  # run as a file: the project's own folder is not on the path

from deploy.generated import write_or_check  # noqa: E402 - after the path is set
from streams import metrics  # noqa: E402 - same

FILE = HERE / "METRICS.md"
_HEAD = """# Metrics

Written by `deploy/metrics.py` from the catalogue, `streams/metrics.py`; `make check` compares. Labels hold words of
closed lists only: no name, no account, no text of a payment.

Every worker serves them at `/metrics` when `PAYMENT_FILTER_HTTP_PORT` is set. Beside them stand those of the process
itself (`process_cpu_seconds_total`, `process_resident_memory_bytes`, `process_open_fds`, …). Counters and histograms
are of this worker since it started; only what is committed is counted.

| metric | kind | labels | means |
|---|---|---|---|
"""
_ENTRY = re.compile(r'((?:    # .*\n)+)    "(payment_filter_\w+)",')


def document() -> str:
    """The whole file. The words are those of the comments in the catalogue."""
    source = Path(metrics.__file__).read_text(encoding="utf-8")
    rows = [_row(name, comment) for comment, name in _ENTRY.findall(source)]
    return _HEAD + "\n".join(rows) + "\n"


def _row(name: str, comment: str) -> str:
    words = " ".join(line.strip().removeprefix("# ") for line in comment.splitlines())
    meaning = words.partition(": ")[2]
    declared = {str(one): declaration for one, declaration in metrics.DECLARATIONS.items()}[name]
    labels = ", ".join(f"`{label}`" for label in declared.labels)
    return f"| `{name}` | {declared.kind} | {labels} | {meaning[0].upper()}{meaning[1:]} |"


if __name__ == "__main__":
    sys.exit(write_or_check({FILE: document()}))
