from __future__ import annotations

from schemas.formats.chain import split_chain
from schemas.payment import Institution, Value


def bank(**known: str) -> Institution:
    return Institution("here", **{name: Value(text, "here") for name, text in known.items()})  # type: ignore[arg-type]  # keys are field names


def test_the_same_institution_by_whatever_identifies_it() -> None:
    payer = bank(bic="AAAALULLXXX", lei="L1", clearing_id="C1", name="Bank A")
    same = [bank(bic="aaaalull003 "), bank(lei="l1"), bank(clearing_id="C1"), bank(name="BANK A")]
    intermediaries, rest = split_chain(same, payer, None)
    assert intermediaries == ()
    assert rest == tuple(same)


def test_nobody_is_an_intermediary_twice_and_order_is_kept() -> None:
    first, again, second = bank(bic="CCCCDEFF"), bank(bic="CCCCDEFFXXX"), bank(name="Bank D")
    assert split_chain([first, None, again, second], None, None) == ((first, second), (again,))


def test_an_institution_that_nothing_identifies_is_only_named() -> None:
    nobody = bank(bic=" ", lei="", clearing_id="", name="")
    assert split_chain([nobody], None, None) == ((), (nobody,))
