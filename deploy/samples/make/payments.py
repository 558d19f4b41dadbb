"""Every sample payment: drawn, rendered, numbered, and listed in manifest.csv with what must become of it."""

from __future__ import annotations

import csv
import hashlib
import io
from dataclasses import astuple, dataclass, fields
from typing import TYPE_CHECKING

from deploy.samples.make import damaged
from deploy.samples.make.defects import DEFECTS
from deploy.samples.make.dice import Dice
from deploy.samples.make.disguised import DISGUISED
from deploy.samples.make.honest import HONEST, sepa_in
from deploy.samples.make.mt103 import mt103
from deploy.samples.make.orders import Order
from deploy.samples.make.own_json import own_json
from deploy.samples.make.pacs008 import VERSIONS, pacs008
from deploy.samples.make.scenario import SUSPEND

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_ENDINGS = {"pacs008": "xml", "mt103": "txt", "json": "json"}
_FIRST_CROSS_BORDER = 8  # CBPR+ began with version 08


@dataclass(frozen=True)
class Sample:
    """One file and its line in the manifest."""

    format: str
    scenario: str
    shows: str
    outcome: str
    reason: str
    content: bytes


@dataclass(frozen=True)
class Line:
    """One line of manifest.csv: what a file shows, and the outcome and first reason it must get."""

    file: str
    format: str
    scenario: str
    shows: str
    outcome: str
    reason: str


def payment_files() -> dict[str, bytes]:
    """Path below samples/ and content of every payment, and of the manifest. The order is mixed, as traffic is."""
    samples = sorted((*_drawn(), *_damaged()), key=_shuffled)
    files: dict[str, bytes] = {}
    lines = []
    for number, sample in enumerate(samples, start=1):
        name = f"{sample.format}/{number:04d}-{sample.scenario}.{_ENDINGS[sample.format]}"
        files[f"payments/{name}"] = sample.content
        lines.append(Line(name, sample.format, sample.scenario, sample.shows, sample.outcome, sample.reason))
    files["payments/manifest.csv"] = _manifest(lines)
    return files


def _shuffled(sample: Sample) -> bytes:
    return hashlib.sha256(sample.content).digest()


def _manifest(lines: Sequence[Line]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(field.name for field in fields(Line))
    writer.writerows(astuple(line) for line in lines)
    return text.getvalue().encode()


def _drawn() -> Iterator[Sample]:
    for scenario in (*HONEST, *DEFECTS, *DISGUISED):
        for turn in range(scenario.count):
            dice = Dice(f"payment/{scenario.slug}/{turn}")
            made = scenario.make(dice, turn)
            form = scenario.formats[turn % len(scenario.formats)]
            content = _rendered([made] if isinstance(made, Order) else made, form, turn)
            yield Sample(form, scenario.slug, scenario.shows, scenario.outcome, scenario.reason, content)


def _damaged() -> Iterator[Sample]:
    for turn, (slug, form, damage, shows, reason) in enumerate(damaged.DAMAGES):
        order = sepa_in(Dice(f"payment/{slug}/{turn}"), turn)
        yield Sample(form, slug, shows, SUSPEND, reason, damage(_rendered([order], form, turn)))


def _rendered(orders: Sequence[Order], form: str, turn: int) -> bytes:
    if form == "mt103":
        return mt103(orders[0], "F" if orders[0].payer.birth or orders[0].payer.numbers else "K")
    if form == "json":
        return own_json(orders)
    versions = VERSIONS if orders[0].rail != "cbpr" else [one for one in VERSIONS if one >= _FIRST_CROSS_BORDER]
    return pacs008(orders, versions[turn % len(versions)])
