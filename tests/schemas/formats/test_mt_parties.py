"""Account numbers in party fields: an IBAN only where the country has them."""

from __future__ import annotations

import pytest

from schemas.formats.detect import decode
from schemas.formats.limits import Limits
from schemas.payment import Account, Message
from tests.builders import mt103


def account_of(number: str) -> Account:
    message = decode(mt103({"59": f"/{number}\nJoe Harker"}), Limits())
    assert isinstance(message, Message), message
    account = message.payments[0].payee_account
    assert account
    return account


@pytest.mark.parametrize("number", ["US1234567890123456", "SG56HSBC000012345678"])
def test_a_number_of_a_country_without_ibans_is_no_broken_iban(number: str) -> None:
    account = account_of(number)
    assert account.number
    assert (account.iban, account.number.text) == (None, number)


@pytest.mark.parametrize("number", ["FR1420041010050500013M02606", "FR1420041010050500013M026"])
def test_a_number_of_a_country_with_ibans_is_one_whole_or_broken(number: str) -> None:
    account = account_of(number)
    assert account.iban
    assert (account.number, account.iban.text) == (None, number)
