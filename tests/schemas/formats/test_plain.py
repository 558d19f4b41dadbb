from __future__ import annotations

import pytest

from schemas.formats.plain import form_of, says_something


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("IntrBkSttlmDt", "2026-03-02"),
        ("GrpHdr/CreDtTm", "2026-03-02T09:30:00.000+01:00"),
        ("IntrBkSttlmAmt/@Ccy", "EUR"),
        ("Purp/Cd", "SALA"),
        ("BtchBookg", "false"),
        ("NbOfTxs", "1"),
    ],
)
def test_dates_amounts_and_codes_are_plain(key: str, text: str) -> None:
    assert not says_something(form_of(key), text)


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("Nm", "1"),
        ("RgltryRptg/Authrty/Ctry", "IR"),
        ("NbOfTxs", "Evil Person"),
        ("Purp/Cd", "EVIL PERSON"),
        ("Purp/Cd", "HAMAS"),
        ("Purp/Prtry", "SALA"),
        ("NbOfTxs", "٣"),
        ("CtrlSum", "1" * 41),
    ],
)
def test_everything_else_is_screened(key: str, text: str) -> None:
    assert says_something(form_of(key), text)
