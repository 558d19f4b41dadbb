"""Messages in two levels: blocks (`PmtInf`, `Undrlyg`), each with payments and with values that count for them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from schemas.formats.iso_header import count, refuse_repeats
from schemas.formats.iso_scope import Scope
from schemas.formats.unreadable import UnreadableError
from schemas.formats.xml_parts import Apart, Standing, parts

if TYPE_CHECKING:
    from schemas.formats.iso_header import Codes, Header, Opened
    from schemas.formats.limits import Limits


class Block(NamedTuple):
    """One block: its path, what stands in it beside its payments, and those with their paths."""

    path: str
    scope: Scope
    transactions: list[Standing]


def open_blocks(opened: Opened, header: Header, limits: Limits, transaction: str) -> list[Block]:
    """The blocks of a message, in order."""
    blocks: list[Block] = []
    payments = repeated = 0
    for path, element in opened.transactions:
        apart: Apart = {transaction: []}
        around = parts(element, path, limits, apart)
        found = apart[transaction]
        payments += len(found)
        if payments > limits.max_payments:
            raise UnreadableError(path, f"the message holds more than {limits.max_payments} payments")
        repeated += (header.values + count(around)) * len(found)
        blocks.append(Block(path, Scope(around), found))
    refuse_repeats(repeated, blocks[0].path if blocks else "")
    return blocks


def within(header: Header, block: Block, codes: Codes) -> Header:
    """The header as it counts for the payments of a block that is used up, `codes` being the block's."""
    return replace(
        header,
        codes=codes,
        texts=[*block.scope.texts, *header.texts],
        problems=[*block.scope.problems, *header.problems],
    )
