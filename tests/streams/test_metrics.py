from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import streams.metrics
from streams.metrics import DECLARATIONS, Metric, Metrics, quantile_of

SOURCE = Path(streams.metrics.__file__).read_text(encoding="utf-8")


def test_every_name_in_the_catalogue_is_declared_and_explained() -> None:
    assert list(DECLARATIONS) == list(get_args(Metric))
    for name, declared in DECLARATIONS.items():
        assert declared.sentence.endswith(".")
        comment = re.search(rf'# (\w+): .*\n(?:    #.*\n)*    "{name}"', SOURCE)
        assert comment is not None, f"{name} has no comment"
        assert comment.group(1).lower() == declared.kind


def test_names_say_unit_or_kind() -> None:
    for name, declared in DECLARATIONS.items():
        assert name.endswith("_total") == (declared.kind == "counter")
        assert name.startswith("payment_filter_")


def test_counters_gauges_and_histograms() -> None:
    metrics = Metrics()
    metrics.count("payment_filter_messages_total", "suspend", "mt103")
    metrics.count("payment_filter_messages_total", "suspend", "mt103", amount=2)
    metrics.set("payment_filter_ready", 1)
    metrics.set("payment_filter_list_entries", 7, "eu")
    metrics.observe("payment_filter_batch_seconds", 0.2)
    metrics.observe("payment_filter_stage_seconds", 0.1, "screen", times=3)
    value = metrics.registry.get_sample_value
    assert value("payment_filter_messages_total", {"outcome": "suspend", "format": "mt103"}) == 3
    assert value("payment_filter_ready") == 1
    assert value("payment_filter_list_entries", {"list": "eu"}) == 7
    assert value("payment_filter_batch_seconds_count") == 1
    assert value("payment_filter_stage_seconds_count", {"stage": "screen"}) == 3
    metrics.forget("payment_filter_list_entries")
    assert value("payment_filter_list_entries", {"list": "eu"}) is None


def test_two_sets_of_metrics_do_not_mix() -> None:
    one, other = Metrics(), Metrics()
    one.set("payment_filter_ready", 1)
    other.set("payment_filter_ready", 0)
    assert one.registry.get_sample_value("payment_filter_ready") == 1


def test_a_gauge_is_replaced_as_a_whole() -> None:
    metrics = Metrics()
    metrics.replace("payment_filter_list_entries", {("eu",): 1, ("un",): 2})
    metrics.replace("payment_filter_list_entries", {("un",): 3})
    assert metrics.values("payment_filter_list_entries") == {("un",): 3}


def test_quantiles_are_linear_inside_a_bucket() -> None:
    metrics = Metrics()
    assert metrics.quantile("payment_filter_batch_seconds", 0.5) is None
    metrics.observe("payment_filter_batch_seconds", 0.015, times=100)
    assert metrics.quantile("payment_filter_batch_seconds", 0.5) == 0.015
    assert quantile_of([], 0.5) == 0
    assert quantile_of([(1.0, 0.0), (float("inf"), 4.0)], 0.5) == 1.0
    assert quantile_of([(1.0, 0.0)], 0.5) == 0.0
