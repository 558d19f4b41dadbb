from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum import iban as reference

from schemas import identifiers
from schemas.compiled import MODULE
from schemas.identifiers import is_iban, is_iban_in_python


@pytest.mark.parametrize(
    ("text", "valid", "looks"),
    [
        ("LU280019400644750000", True, True),
        ("LU28 0019 4006 4475 0000", True, True),  # as printed
        ("fr1420041010050500013M02606", True, True),
        ("NO9386011117947", True, True),
        ("LU290019400644750000", False, True),  # check digits
        ("LU2800194006447500", False, False),  # too short
        ("GB29123460161331926819", False, False),  # digits where the bank's letters should be
        ("US280019400644750000", False, False),  # no IBAN country
        ("XX280019400644750000", False, False),  # no country
        ("0532013000", False, False),
        ("", False, False),
        ("LU", False, False),
        ("ÉÉ280019400644750000", False, False),
        ("LU٢٨0019400644750000", False, False),  # digits of another script
    ],
)
def test_iban(text: str, *, valid: bool, looks: bool) -> None:
    assert identifiers.is_iban(text) is valid
    assert identifiers.looks_like_iban(text) is looks
    assert identifiers.iban_country(text) == (text[:2].upper() if valid else None)


@pytest.mark.parametrize(("country", "has"), [("LU", True), ("GT", True), ("US", False), ("SG", False), ("ZZ", False)])
def test_countries_with_ibans(country: str, *, has: bool) -> None:
    assert identifiers.has_ibans(country) is has


@given(st.from_regex(r"(LU|FR|DE|CH|NO|MT|GB)[0-9]{2}[0-9A-Z]{11,27}", fullmatch=True))
def test_iban_agrees_with_stdnum(text: str) -> None:
    corrected = text[:2] + reference.calc_check_digits(text) + text[4:]
    assert identifiers.is_iban(text) == reference.is_valid(text, check_country=False)
    assert identifiers.is_iban(corrected) == reference.is_valid(corrected, check_country=False)


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("AAAALULL", "LU"),
        ("AAAALULLXXX", "LU"),
        ("A1B2FRPP", "FR"),
        ("AAAAXKPR", "XK"),
        ("TRGTXEPMXXX", None),  # a platform's address: XE is no country
        ("AAAAZZLL", None),
        ("AAAALULLXX", None),
        ("aaaalull", None),
        ("AAAA LULL", None),
        ("", None),
    ],
)
def test_bic(text: str, country: str | None) -> None:
    assert identifiers.bic_country(text) == country
    assert identifiers.is_bic(text) is (country is not None)


@pytest.mark.parametrize(
    ("text", "valid"),
    [
        ("213800KUD8LAJWSQ9D15", True),
        ("213800KUD8LXJWSQ9D15", False),
        ("213800kud8lajwsq9d15", False),
        ("213800KUD8LAJWSQ9D1", False),
        ("", False),
    ],
)
def test_lei(text: str, *, valid: bool) -> None:
    assert identifiers.is_lei(text) is valid


@pytest.mark.parametrize(
    ("code", "digits"), [("EUR", 2), ("JPY", 0), ("BHD", 3), ("CLF", 4), ("XAU", None), ("XXX", None), ("eur", None)]
)
def test_currency(code: str, digits: int | None) -> None:
    assert identifiers.minor_units(code) == digits
    assert identifiers.is_currency(code) is (digits is not None)


def test_countries_are_complete_and_judged_as_written() -> None:
    assert len(identifiers.COUNTRIES) == 250  # ISO 3166-1 and XK
    assert identifiers.is_country("NO")
    assert not any(map(identifiers.is_country, ("no", "XX", "ZZ", "00", "", "EU", "UK")))


@pytest.mark.parametrize(
    ("text", "valid"),
    [
        ("6f1c2b7e-3a56-4c1d-9f0e-5b7a2f9c1d11", True),
        ("6F1C2B7E-3A56-4C1D-9F0E-5B7A2F9C1D11", True),
        ("6f1c2b7e-3a56-1c1d-9f0e-5b7a2f9c1d11", False),  # version 1
        ("6f1c2b7e3a564c1d9f0e5b7a2f9c1d11", False),
        ("NOTPROVIDED", False),
    ],
)
def test_uetr(text: str, *, valid: bool) -> None:
    assert identifiers.is_uetr(text) is valid


@given(st.text(max_size=40))
def test_bad_input_is_an_answer(text: str) -> None:
    for question in (identifiers.is_iban, identifiers.looks_like_iban, identifiers.is_bic, identifiers.is_lei):
        assert question(text) in {True, False}
    assert identifiers.bic_country(text) is None or identifiers.is_country(text[4:6])


IBANS = (
    *("LU280019400644750000", "DE89370400440532013000", "NO9386011117947", "GB82WEST12345698765432"),
    *(
        "FR1420041010050500013M02606",
        "MT84MALT011000012345MTLCAST001S",
        "FI2112345600000785",
        "SE4550000000058398257466",
    ),
)
SIGNS = st.sampled_from([*"LU28D019400644750000 gbwest12XF\u0131\u017f\u0663é", "  ", "LU28", "DE89"])


@settings(max_examples=1500)
@given(st.lists(SIGNS, max_size=40).map("".join) | st.builds(str.replace, st.sampled_from(IBANS), SIGNS, SIGNS))
def test_an_iban_is_one_in_c_as_in_python(text: str) -> None:
    assert is_iban(text) == (len(text) <= 100 and is_iban_in_python(text))


@pytest.mark.parametrize("text", IBANS)
def test_an_iban_of_every_length_is_one_in_python_too(text: str) -> None:
    assert is_iban(text)
    assert is_iban_in_python(text)
    assert is_iban(text.lower())
    assert not is_iban(text + " " * 100)
    assert not is_iban(text[:-1] + chr(ord(text[-1]) ^ 1))


def test_an_iban_of_letters_that_only_python_knows() -> None:
    assert is_iban("\u017fE45 5000 0000 0583 9825 7466") == is_iban_in_python("\u017fE45 5000 0000 0583 9825 7466")


@pytest.mark.skipif(MODULE is None, reason="no C compiler built it here")
def test_what_is_handed_over_is_not_trusted() -> None:
    assert MODULE is not None
    calls: tuple[tuple[object, ...], ...] = ((), ("LU28", []), (b"LU28", {}), ("LU280019400644750000", {"LU": 1}))
    for wrong in calls:
        with pytest.raises(TypeError):
            MODULE.iban(*wrong)
