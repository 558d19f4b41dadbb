"""Which information must accompany a payment, by our role, the chain, the amount and the batch.

Every row of the table is one line of `required_set`, with its article. Sources: Art. 4-7 and 11 of Regulations (EU)
2015/847 and 2023/1113 (the numbers are the same in both).
Requirements: PAY-01, PAY-04, PAY-10, PAY-19, PAY-20, DET-03, DET-04, DET-05, INT-06, INT-07, INT-08.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from schemas.assessment import RequiredSet, Step
from schemas.finding import Item
from schemas.payment import Role

if TYPE_CHECKING:
    from schemas.context import Context
    from schemas.information.amounts import Euros
    from schemas.information.policy import InformationPolicy
    from schemas.information.scope import Frame

_ACCOUNTS = (Item.PAYER_ACCOUNT, Item.PAYEE_ACCOUNT)
_FULL = (Item.PAYER_ACCOUNT, Item.PAYEE_ACCOUNT, Item.PAYER_NAME, Item.PAYEE_NAME, Item.PAYER_THIRD_ELEMENT)

# What each single transfer must carry; a batch's header carries the payer's data for all of its transfers.
ITEMS: dict[RequiredSet, tuple[Item, ...]] = {
    RequiredSet.NONE: (),
    RequiredSet.ART5_1: _ACCOUNTS,
    RequiredSet.ART6_2: (*_ACCOUNTS, Item.PAYER_NAME, Item.PAYEE_NAME),
    RequiredSet.BATCH_6_1: (*_ACCOUNTS, Item.PAYEE_NAME),
    RequiredSet.ART4_BATCH: (Item.PAYEE_ACCOUNT, Item.PAYEE_NAME),
    RequiredSet.ART4: _FULL,
}
STRICTEST_FIRST = (
    RequiredSet.ART4,
    RequiredSet.ART4_BATCH,
    RequiredSet.BATCH_6_1,
    RequiredSet.ART6_2,
    RequiredSet.ART5_1,
)


# A look at a member goes through its class (a quarter of a microsecond in Python 3.11): the hot ones have own names.
_PAYER, _PAYEE = Role.PAYER, Role.PAYEE
_ART5_1, _ART4, _ART6_2, _BATCH_6_1, _ART4_BATCH = (
    RequiredSet.ART5_1,
    RequiredSet.ART4,
    RequiredSet.ART6_2,
    RequiredSet.BATCH_6_1,
    RequiredSet.ART4_BATCH,
)


def required_set(
    role: Role, frame: Frame, euros: Euros, context: Context, policy: InformationPolicy
) -> tuple[RequiredSet, str]:
    """The set for whoever has the duties of this role, and the article that asks for it."""
    if role is _PAYER:
        return _of_payer(frame, euros, context)
    if role is _PAYEE:
        return _of_payee(frame, context)
    return _of_intermediary(frame, euros, context, policy)


def _of_payer(frame: Frame, euros: Euros, context: Context) -> tuple[RequiredSet, str]:
    if frame.chain_inside:
        return _ART5_1, "Art. 5(1)"
    if not frame.receiver_inside and _is_batch(context):
        return _BATCH_6_1, "Art. 6(1)"
    if not frame.receiver_inside and not euros.above:
        return _ART6_2, "Art. 6(2)"
    # Both ends inside but not the whole chain: neither Art. 5 nor the relief of Art. 6 speaks of it.
    return _ART4, "Art. 4"


def _of_payee(frame: Frame, context: Context) -> tuple[RequiredSet, str]:
    if frame.supplier_inside:
        return _ART5_1, "Art. 7(2)(a), 5(1)"
    if _is_batch(context):
        return _ART4_BATCH, "Art. 7(2)(c)"
    return _ART4, "Art. 7(2)(b)"  # whatever the amount: no relief for what comes from outside


def _of_intermediary(
    frame: Frame, euros: Euros, context: Context, policy: InformationPolicy
) -> tuple[RequiredSet, str]:
    if frame.supplier_inside and frame.receiver_inside:
        return _ART5_1, "Art. 11(2)(a), 5(1)"
    if _is_batch(context):
        return _ART4_BATCH, "Art. 11(2)(c)"
    if frame.supplier_inside and not euros.above and policy.readings.intermediary_accepts_art6_2:
        return _ART6_2, "Art. 11(2)(b), 6(2)"
    return _ART4, "Art. 11(2)(b)"


_WHY = {
    "Art. 4": "not everyone who moves it is in the Union, and no relief holds",
    "Art. 5(1)": "everyone who moves it is in the Union",
    "Art. 6(1)": "a batch of one payer to outside the Union, judged by its header",
    "Art. 6(2)": "to outside the Union, not above EUR 1 000",
    "Art. 7(2)(a), 5(1)": "it comes from the Union",
    "Art. 7(2)(b)": "it comes from outside the Union, whatever the amount",
    "Art. 7(2)(c)": "a batch of one payer from outside the Union, judged by its header",
    "Art. 11(2)(a), 5(1)": "both ends are in the Union",
    "Art. 11(2)(b)": "an end is outside the Union",
    "Art. 11(2)(b), 6(2)": "from the Union to outside, not above EUR 1 000",
    "Art. 11(2)(c)": "a batch of one payer, an end outside the Union, judged by its header",
}


@lru_cache(maxsize=1024)
def required_step(law: str, sets: tuple[tuple[Role, RequiredSet, str], ...]) -> Step:
    """What is required of the payment and why, for `payment-filter explain`; once for each of our roles."""
    saw = "; ".join(f"as {role}: {_WHY[article]}" for role, _, article in sets)
    items = dict.fromkeys(item.value for _, required, _ in sets for item in ITEMS[required])
    conclusion = f"{' and '.join(dict.fromkeys(one for _, one, _ in sets))}: {', '.join(items)}"
    return Step("required", saw, "", conclusion, f"{law} {'; '.join(dict.fromkeys(one for _, _, one in sets))}")


def _is_batch(context: Context) -> bool:
    """The batch rules speak of batches from a single payer only."""
    return context.batch is not None and context.batch.single_payer


def header_stands_in(role: Role, context: Context) -> bool:
    """Whether the batch's header may stand in for the payer's data of its transfers.

    The payer's institution must have verified it too (Art. 6(1)); those after it can only see that it is complete.
    """
    batch = context.batch
    return batch is not None and batch.header_complete and (role is not _PAYER or batch.header_verified)
