"""What every test shares: tests that read real data are skipped, with the reason, where that data is absent."""

from __future__ import annotations

import pytest

from tests.shared import SHARED


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what is marked `shared` when the folder of real data is not there."""
    if SHARED.is_dir():
        return
    absent = pytest.mark.skip(reason=f"{SHARED} is absent: set PAYMENT_FILTER_SHARED to the folder of real data")
    for item in items:
        if item.get_closest_marker("shared"):
            item.add_marker(absent)
