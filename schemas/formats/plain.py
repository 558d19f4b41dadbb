"""What need not be screened: dates, amounts and codes of closed enumerations, where they look like that and no more.

Everything else in a message reaches the screening, so the list is explicit, and a listed element is skipped only while
its text has the plain shape: a name written into `NbOfTxs` is screened.
"""

from __future__ import annotations

import re

_NUMBER = re.compile(r"[0-9.,:+\-TZ]{0,40}", re.ASCII)
_CODE = re.compile(r"[A-Z0-9]{1,4}|true|false", re.ASCII)

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


_FORMS = {**dict.fromkeys(_NUMBERS, _NUMBER), **dict.fromkeys(_CODES, _CODE)}


def says_something(key: str, text: str) -> bool:
    """Whether the text at this key may name something: not blank, and no mere date, amount or code."""
    said = text.strip()
    if not said:
        return False
    form = _FORMS.get(key[key.rfind("/") + 1 :])
    return form is None or form.fullmatch(said) is None
