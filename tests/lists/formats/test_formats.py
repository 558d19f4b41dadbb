from __future__ import annotations

import pytest

from lists.formats import FORMATS, by_name, recognise


def test_a_format_goes_by_the_name_of_its_module() -> None:
    assert [by_name(known.NAME) for known in FORMATS] == list(FORMATS)
    assert by_name("pdf") is None


@pytest.mark.parametrize("raw", [b"", b"%PDF-1.7", b"<html></html>", b"PK\x03\x04", b"a;b;c\n1;2;3\n"])
def test_other_files_are_no_list(raw: bytes) -> None:
    assert recognise(raw, "list.csv") is None
