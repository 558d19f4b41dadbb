from __future__ import annotations

import struct
import zipfile
from io import BytesIO

import pytest

from lists.entry import ListedNumber, ListRefused
from lists.formats.mentions import numbers_in
from lists.formats.packed import is_packed, unpacked
from lists.formats.reading import decoded, header_of, json_value, mapping, records, rows, sequence, words
from lists.formats.xml import begins_with, elements, head
from tests.lists.official_ofac import zipped

BIG = b"<list>" + b" " * 3_000_000 + b"</list>"


def test_text_is_utf8_and_windows_letters_only_where_they_are_published() -> None:
    assert decoded("\ufeffRénée".encode()) == "Rénée"
    assert decoded("Rénée".encode("cp1252"), windows=True) == "Rénée"


@pytest.mark.parametrize(
    ("raw", "windows", "says"),
    [
        (b"", True, "the file is empty"),
        (b"\n <html>", True, "an HTML page"),
        (b"<!-- x --><!DOCTYPE HTML>", True, "an HTML page"),
        ("a".encode("utf-16"), True, "UTF-16"),
        ("Rénée".encode("cp1252"), False, "byte 1 is no UTF-8"),
        ("Rénée Дима".encode() + b"\xe9", True, "byte 16 is no UTF-8"),
        (b"\x81 a", True, "neither UTF-8 nor Windows-1252"),
        (b"a\x00b", True, "null bytes"),
    ],
)
def test_what_is_no_text_is_refused(raw: bytes, windows: bool, says: str) -> None:  # noqa: FBT001 - a table's column
    with pytest.raises(ListRefused, match=says):
        decoded(raw, windows=windows)


def test_a_table_gives_its_rows_by_column() -> None:
    table = rows('a,b,a\n\n1, "2" ,3\na,b,a\n4,"5\n5",6\n')
    assert list(records(table, ["a", "b"])) == [(3, {"a": "1", "b": '"2"'}), (6, {"a": "4", "b": "5\n5"})]
    assert header_of(b"\xef\xbb\xbfa; b\n", ";") == ["a", "b"]
    assert header_of(b"") == header_of(b"a\rb") == []


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", r"no column 'a' \(0 columns\)"),
        ("b,c\n", r"no column 'a' \(2 columns\)"),
        ("a,b\n1\n", "line 2: 1 columns beginning '1' where 2 are published"),
        ('a,b\n1,"2\n', "unexpected end of data"),
        ("a,b\n1," + "x" * 200_000, "line 2: field larger than field limit"),
    ],
)
def test_a_damaged_table_is_refused(text: str, says: str) -> None:
    with pytest.raises(ListRefused, match=says):
        list(records(rows(text), ["a"]))


def test_json_values_are_taken_as_what_they_are() -> None:
    assert mapping(json_value(b'{"a": 1}')) == {"a": 1}
    assert (mapping([1]), sequence(None), sequence("x"), sequence([1, 2])) == ({}, (), ("x",), [1, 2])
    assert [words(value) for value in (" a \n b ", 7, True, None, ["a"])] == ["a b", "7", "", "", ""]
    with pytest.raises(ListRefused, match=r"^line 7: no JSON"):
        json_value(b"{", "line 7: ")
    with pytest.raises(ListRefused, match="no JSON"):
        json_value(b"[" * 100_000)


def test_a_list_may_come_zipped() -> None:
    raw = b"<list><item>a</item></list>"
    assert unpacked(raw) == raw
    assert unpacked(zipped(raw)) == raw
    assert is_packed(zipped(raw))
    assert begins_with(zipped(raw), "list")
    assert [element.text for element in elements(zipped(raw), "list", ("item",))] == [None, "a"]


def _archive(*names: str, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        for name in names:
            archive.writestr(name, b"<list/>")
    return packed.getvalue()


def _encrypted(raw: bytes) -> bytes:
    """The same archive with the mark of encryption in both of its headers."""
    marked = bytearray(raw)
    marked[6] |= 1
    marked[raw.rindex(b"PK\x01\x02") + 8] |= 1
    return bytes(marked)


def _claiming(raw: bytes, size: int) -> bytes:
    """The same archive, said to unpack to another size."""
    place = raw.rindex(b"PK\x01\x02") + 24
    return raw[:place] + struct.pack("<L", size) + raw[place + 4 :]


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (zipped(BIG), "would unpack to 3,000,013: that is no list but a bomb"),
        (_claiming(_archive("a.xml"), 4_000_000_000), "would unpack to 4,000,000,000"),
        (_claiming(_archive("a.xml"), 3), "no sound zip archive"),
        (_archive("a.xml", "b.xml"), "holds 2 files where one is published"),
        (_archive("folder/"), "holds 0 files"),
        (_archive("a.xml", method=zipfile.ZIP_BZIP2), "encrypted or packed in another way"),
        (_encrypted(_archive("a.xml")), "encrypted or packed in another way"),
        (_archive("a.xml")[:-30], "no sound zip archive"),
        (b"PK\x03\x04", "no sound zip archive"),
    ],
)
def test_an_archive_that_is_none_of_a_list_is_refused(raw: bytes, says: str) -> None:
    with pytest.raises(ListRefused, match=says):
        unpacked(raw)
    assert head(raw) == b"" or says == "no sound zip archive"


def test_numbers_that_leave_no_doubt() -> None:
    text = (
        "SWIFT/BIC code: VELLGB2L. Swift Investments (PVT) Ltd. SWIFT codes: SCERIRTH; IMO 7406784, MMSI: 445539000."
        " LEI: 253400WSS48YWMBUA688, INN 7744001497, OGRN: 1027700070518, m@example.com, https://www.un.org/x"
        " www.vell.example. bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"
    )
    assert list(numbers_in(text)) == [
        ListedNumber("Wallet", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"),
        ListedNumber("E-mail", "m@example.com"),
        ListedNumber("Website", "www.vell.example"),
        ListedNumber("IMO number", "7406784"),
        ListedNumber("MMSI", "445539000"),
        ListedNumber("SWIFT/BIC", "VELLGB2L"),
        ListedNumber("SWIFT/BIC", "SCERIRTH"),
        ListedNumber("LEI", "253400WSS48YWMBUA688"),
        ListedNumber("Tax number (INN)", "7744001497"),
        ListedNumber("Registration number (OGRN)", "1027700070518"),
    ]
