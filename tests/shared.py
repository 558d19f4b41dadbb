"""Where the real lists, payments and rules are that tests may read; the project itself never does."""

from __future__ import annotations

import os
from pathlib import Path

_DEFAULT = Path(__file__).resolve().parent.parent.parent / "shared"

SHARED = Path(os.environ.get("PAYMENT_FILTER_SHARED", _DEFAULT))
"""The folder of real data: `$PAYMENT_FILTER_SHARED`, else `../shared` beside the project. It may be absent."""
