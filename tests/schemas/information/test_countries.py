from __future__ import annotations

import pytest

from schemas.information.countries import ends_in_country


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("L-1611 Luxembourg", True),
        ("L-1611 LUXEMBURG", True),
        ("LONDON GB", True),
        ("3/FR/PARIS", True),
        ("PARIS, FRANCE", True),
        ("10115 Berlin, Deutschland", True),
        ("1010 WIEN ÖSTERREICH", True),
        ("NEW YORK, UNITED STATES", True),
        ("NY 10001 USA", True),
        ("BERN / CH", True),
        ("12 RUE DU MOULIN", False),
        ("SPRINGFIELD", False),
        ("Paris fr", False),  # a code stands in capitals
        ("ABC ZZ", False),
        ("", False),
        ("...", False),
    ],
)
def test_the_end_of_a_line_may_name_the_country(line: str, *, names: bool) -> None:
    assert ends_in_country(line) is names
