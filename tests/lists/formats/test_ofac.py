from __future__ import annotations

import pytest

from lists.entry import ListedNumber
from lists.formats.ofac import is_number_kind, read_remarks


@pytest.mark.parametrize(
    ("remark", "number"),
    [
        ("Passport A0198761 (Iran) issued 01 Oct 2001 expires 23 Jan 2011", ListedNumber("Passport", "A0198761", "IR")),
        ("alt. National ID No. 0037-6003", ListedNumber("National ID No.", "0037-6003")),
        ("NIT # 900124871-2 (Colombia)", ListedNumber("NIT #", "900124871-2", "CO")),
        ("Digital Currency Address - XBT 12Vx", ListedNumber("Digital Currency Address - XBT", "12Vx")),
        (
            "Unified Social Credit Code (USCC) 91440300X (China)",
            ListedNumber("Unified Social Credit Code (USCC)", "91440300X", "CN"),
        ),
        ("Aircraft Tail Number EP-MNB", ListedNumber("Aircraft Tail Number", "EP-MNB")),
        ("Website www.example.com", ListedNumber("Website", "www.example.com")),
        ("Email Address x@example.com", ListedNumber("Email Address", "x@example.com")),
        ("Identification Number IMO 6116034", ListedNumber("Identification Number", "IMO 6116034")),
        (
            "Vessel Registration Identification: IMO 9412335",
            ListedNumber("Vessel Registration Identification", "IMO 9412335"),
        ),
        ("SWIFT/BIC: VELLRUMM", ListedNumber("SWIFT/BIC", "VELLRUMM")),
        ("Digital Currency Address - XBT: 12Vx", ListedNumber("Digital Currency Address - XBT", "12Vx")),
        ("V.A.T. Number BG 204876321", ListedNumber("V.A.T. Number", "BG 204876321")),
        ("Legal Entity Number: 253400WSS48YWMBUA688", ListedNumber("Legal Entity Number", "253400WSS48YWMBUA688")),
        ("Passport and National ID were lost", None),
        ("President since 1979", None),
        ("Telephone No. 03669916", None),
        ("MMSI 422998001 (Iran)", ListedNumber("MMSI", "422998001", "IR")),
        ("C.U.R.P. OOFD541007HSLRRN02 (Mexico)", ListedNumber("C.U.R.P.", "OOFD541007HSLRRN02", "MX")),
        ("Gender Male", None),
        ("(Linked To: BANK 24)", None),
        ("Linked To: BANK 24", None),
        ("Aircraft Model B-737", None),
        ("Organization Established Date 01 Jan 1990", None),
        ("all offices worldwide", None),
        ("4711", None),
        ("x" * 80 + " 4711", None),
        ("Passport", None),
        ("", None),
    ],
)
def test_a_number_in_the_remarks(remark: str, number: ListedNumber | None) -> None:
    assert read_remarks(remark + ".").numbers == ([] if number is None else [number])


def test_facts_in_the_remarks() -> None:
    read = read_remarks(
        "DOB 1954; alt. DOB 01 Jan 1960 to 31 Dec 1962; POB Vallin; nationality Iran; alt. nationality Iraq;"
        " citizen Mexico; Nationality of Registration Cyprus; a.k.a. 'BNC'; f.k.a. 'JIM'ALE'."
    )
    assert read.birth_dates == ["1954", "1960-01-01/1962-12-31"]
    assert read.birth_places == ["Vallin"]
    assert read.countries == ["IR", "IQ", "MX", "CY"]
    assert (read.weak_names, read.weak_former_names) == (["BNC"], ["JIM'ALE"])
    assert read.numbers == []


def test_kinds_that_are_no_numbers() -> None:
    assert is_number_kind("A New Kind of Number")
    assert not is_number_kind("Secondary sanctions risk:")
    assert not is_number_kind("")
