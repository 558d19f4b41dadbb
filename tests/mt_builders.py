"""Valid MT202 and MT205, core and cover. All names and numbers are invented."""

from __future__ import annotations

from tests.builders import UETR

CORE = ":20:REF0815\n:21:REL0815\n:32A:260302EUR2500,00\n:52A:AAAALULL\n:58A:/123\nBBBBFRPP"
CUSTOMERS = (
    ":50K:/LU280019400644750000\nCLAIRE WEBER\n1234 LUXEMBOURG LU\n"
    ":59:/FR1420041010050500013M02606\nPAUL MARTIN\n69000 LYON FR\n:70:/ROC/INV 1/INVOICE\n:33B:USD2600,00"
)


def mt202(text: str = CORE, *, variant: str = "", kind: str = "202") -> bytes:
    """An institution's transfer to another."""
    user = f"{{3:{{119:{variant}}}{{121:{UETR}}}}}" if variant else f"{{3:{{121:{UETR}}}}}"
    head = f"{{1:F01CCCCDEFFAXXX0000000000}}{{2:I{kind}DDDDFRPPXXXXN}}{user}"
    return f"{head}{{4:\n{text}\n-}}".replace("\n", "\r\n").encode()


def mt202cov(inner: str = CUSTOMERS, *, outer: str = CORE, variant: str = "COV", kind: str = "202") -> bytes:
    """A cover, with the customer transfer that it covers."""
    return mt202(f"{outer}\n{inner}", variant=variant, kind=kind)
