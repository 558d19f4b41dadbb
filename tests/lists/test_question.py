from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lists.question import _MAY_SEPARATE, _SEPARATORS, readings

PIECES = (
    *("a.k.a.", "aka", "AKA:", "f.k.a", "nka", "alias", "D/B/A", "dba", "t/a", "Trading As", "c/o", "attn", "nee"),
    *(
        "on behalf of",
        "o/b/o",
        "or Mr",
        "and mrs",
        "et Mme",
        "und Frau",
        "y Sra",
        "e Sig",
        "ou\tmadame",
        "& Mrs",
        "&frau",
    ),
    *(";", " / ", "/", "(", "-", "_", ".", " ", "  ", "x", "John", "Akhmed", "and", "e"),
)


@given(st.lists(st.sampled_from(PIECES)), st.sampled_from(["", " "]))
def test_no_separator_escapes_the_quick_look(pieces: list[str], between: str) -> None:
    text = between.join(pieces)
    assert _SEPARATORS.search(text) is None or _MAY_SEPARATE.search(f" {text.lower()}") is not None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Anna Testova a.k.a. Maria Probova", ["Anna Testova", "Maria Probova"]),
        ("Anna Testova (née Probova)", ["Anna Testova (", "Probova)"]),
        ("AnnaTestova", ["Anna Testova"]),
        ("Anna Testova", []),
    ],
)
def test_a_field_may_hold_more_names(text: str, expected: list[str]) -> None:
    assert readings(text) == expected
