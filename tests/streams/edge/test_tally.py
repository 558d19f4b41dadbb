"""What is counted of a committed batch, and that no label ever holds anything a payment said."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from lists.edge.editions import load
from lists.index import Index
from schemas.context import Context
from streams.edge.policy_file import load_policy
from streams.edge.tally import Tally
from streams.metrics import Metrics
from streams.pipeline import filter_batch
from tests.kafka import LISTS, POLICY, samples

DAY = datetime(2026, 11, 22, tzinfo=UTC)
LABEL = re.compile(r"[A-Za-z0-9._-]{1,64}")


@pytest.fixture(scope="module")
def metrics() -> Metrics:
    """All samples, decided and counted twice over: as the worker does it."""
    edition = load(LISTS)
    index = Index.build(edition.entries, edition.edition)
    policy = load_policy(POLICY, DAY.date())
    metrics = Metrics()
    for _ in range(2):
        tally = Tally()
        for decisions in filter_batch([(raw, Context()) for _, raw, _ in samples()], index, policy):
            tally.add(decisions)
        assert tally.messages == len(samples())
        tally.count(metrics, [one.id for one in edition.lists])
    return metrics


def test_payments_and_messages_add_up(metrics: Metrics) -> None:
    messages = metrics.values("payment_filter_messages_total")
    payments = metrics.values("payment_filter_payments_total")
    assert sum(messages.values()) == 2 * len(samples())
    assert sum(payments.values()) >= sum(messages.values())
    assert {rail for _, rail in payments} >= {"sct", "swift_mt"}


def test_every_list_is_counted_on_every_rail_even_if_it_found_nothing(metrics: Metrics) -> None:
    rails = {rail for _, rail in metrics.values("payment_filter_payments_total")}
    counted = metrics.values("payment_filter_list_alerts_total")
    lists = {one.id for one in load(LISTS).lists}
    assert set(counted) >= {(name, rail) for name in lists for rail in rails}
    assert 0 in counted.values()
    assert sum(counted.values()) > 0


def test_defects_are_counted_by_country_and_by_format_alike(metrics: Metrics) -> None:
    by_country = metrics.values("payment_filter_information_defects_total")
    by_format = metrics.values("payment_filter_format_defects_total")
    assert sum(by_country.values()) == sum(by_format.values()) > 0
    assert all(re.fullmatch("[A-Z]{2}|unknown", country) for country, _ in by_country)


def test_no_label_holds_anything_but_words_of_closed_lists(metrics: Metrics) -> None:
    for family in metrics.registry.collect():
        for sample in family.samples:
            for name, value in sample.labels.items():
                assert name == "le" or LABEL.fullmatch(value), (sample.name, name, value)


def test_no_name_or_account_of_any_sample_stands_in_the_metrics(metrics: Metrics) -> None:
    told = {value for family in metrics.registry.collect() for one in family.samples for value in one.labels.values()}
    texts = [raw.decode("utf-8", "replace") for _, raw, _ in samples()]
    names = {
        name for text in texts for name in re.findall(r"<Nm>([^<]+)</Nm>|<IBAN>([^<]+)</IBAN>", text) for name in name
    }
    assert len(names) > 100
    assert not names & told
