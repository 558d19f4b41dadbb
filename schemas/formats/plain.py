"""What need not be screened: dates, amounts and codes of closed enumerations, where they look like that and no more.

Everything else in a message reaches the screening, so the list is explicit, and a listed element is skipped only while
its text has the plain shape: a name written into `NbOfTxs` is screened.
"""

from __future__ import annotations

import re
from typing import Final

NUMBER: Final = r"[0-9.,:+\-TZ]{0,40}"
CODE: Final = r"[A-Z0-9]{1,4}|true|false"
"""What compiled/forms.h repeats."""

_NUMBERS = frozenset(
    {
        "AccptncDtTm",
        "Amt",
        "BirthDt",
        "CLSTm",
        "CdtDtTm",
        "CdtNoteAmt",
        "CntPerPrd",
        "CompstnAmt",
        "CreDt",
        "CreDtTm",
        "CtrlSum",
        "DbtDtTm",
        "DscntApldAmt",
        "Dt",
        "DtOfSgntr",
        "DtOfVrfctn",
        "DtTm",
        "DuePyblAmt",
        "FnlColltnDt",
        "FnlPmtDt",
        "FrDt",
        "FrTm",
        "FrstColltnDt",
        "FrstPmtDt",
        "InstdAmt",
        "IntrBkSttlmAmt",
        "IntrBkSttlmDt",
        "NbOfTxs",
        "OrgnlCreDtTm",
        "OrgnlIntrBkSttlmAmt",
        "OrgnlIntrBkSttlmDt",
        "PoolgAdjstmntDt",
        "PreAgrdXchgRate",
        "QtnDtTm",
        "Rate",
        "ReqdColltnDt",
        "ReqdExctnDt",
        "RjctTm",
        "RltdDt",
        "RmtdAmt",
        "RtrdInstdAmt",
        "RtrdIntrBkSttlmAmt",
        "SeqNb",
        "TaxblBaseAmt",
        "TillTm",
        "ToDt",
        "TtlAmt",
        "TtlIntrBkSttlmAmt",
        "TtlRtrdIntrBkSttlmAmt",
        "TtlTaxAmt",
        "TtlTaxblBaseAmt",
        "XchgRate",
        "XpryDtTm",
        "Yr",
    }
)
_CODES = frozenset(
    {
        "@Ccy",
        "AdrTp",
        "AmdmntInd",
        "BtchBookg",
        "Ccy",
        "CcyOfTrf",
        "Cd",
        "CdtDbtInd",
        "ChanlTp",
        "ChrgBr",
        "ClrChanl",
        "CpyDplct",
        "DbtCdtRptgInd",
        "FmlyMdclInsrncInd",
        "GrpCxl",
        "GrpRtr",
        "InstrPrty",
        "MplyeeTermntnInd",
        "NmPrfx",
        "PmtMtd",
        "PrefrdMtd",
        "PrtInTm",
        "Prty",
        "PssblDplct",
        "QtdCcy",
        "ReopCaseIndctn",
        "SeqTp",
        "SttlmMtd",
        "SttlmPrty",
        "Tp",
        "UnitCcy",
    }
)


# What form_of answers: no plain form, a number, a code.
_ANY, _NUMBER, _CODE = 0, 1, 2
_FORMS = {**dict.fromkeys(_NUMBERS, _NUMBER), **dict.fromkeys(_CODES, _CODE)}
_PATTERNS = {_NUMBER: re.compile(NUMBER, re.ASCII), _CODE: re.compile(CODE, re.ASCII)}


def form_of(key: str) -> int:
    """Which plain form the text at this key may have."""
    return _FORMS.get(key[key.rfind("/") + 1 :], _ANY)


def says_something(form: int, text: str) -> bool:
    """Whether a text that may have this form names something: not blank, and no mere date, amount or code."""
    if not text or text.isspace():
        return False
    return form == _ANY or _PATTERNS[form].fullmatch(text.strip()) is None
