"""Writes topics and users for Strimzi from streams/topics.py and access.py, rules for Prometheus, and the policy.

    python deploy/kubernetes/generate.py [--check]

`--check` writes nothing and exits 1 where a file is not what the declarations say (`make check` calls it).
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import yaml

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from deploy.generated import write_or_check
from streams.access import JOBS, Grant, grants, identities
from streams.config import Settings
from streams.topics import TOPICS, Topic

HERE = Path(__file__).resolve().parent
API = "kafka.strimzi.io/v1beta2"
CLUSTER = {"strimzi.io/cluster": "kafka"}
COPIES, IN_SYNC = 3, 2
RESOURCES = {"topic": "topic", "group": "group", "transactional-id": "transactionalId"}
POLICY = HERE.parent / "policy.toml"
RULES = HERE.parent / "prometheus" / "rules.yaml"
HEADER = "# Generated from {source} by deploy/kubernetes/generate.py: change it there, then `make generate`.\n"
LINKS = (
    "# Its links need the external label `runbook` (spec.externalLabels of Prometheus): where your people read it.\n"
)


def topics() -> list[dict[str, Any]]:
    """One KafkaTopic for each declared topic; nothing that may lose an acknowledged message."""
    return [_topic(topic) for topic in TOPICS.values()]


def users() -> list[dict[str, Any]]:
    """One KafkaUser for each identity, logging in by certificate, with its rights and no others."""
    return [
        {
            "apiVersion": API,
            "kind": "KafkaUser",
            "metadata": {"name": identity, "labels": CLUSTER, "annotations": {"payment-filter/job": JOBS[identity]}},
            "spec": {
                "authentication": {"type": "tls"},
                "authorization": {
                    "type": "simple",
                    "acls": [_acl(one) for one in grants(identity, "", Settings().group)],
                },
            },
        }
        for identity in identities()
    ]


def rules() -> dict[str, Any]:
    """The alert and recording rules as the Prometheus operator takes them, unchanged."""
    return {
        "apiVersion": "monitoring.coreos.com/v1",
        "kind": "PrometheusRule",
        "metadata": {"name": "payment-filter", "labels": {"app.kubernetes.io/name": "payment-filter"}},
        "spec": yaml.safe_load(RULES.read_text(encoding="utf-8")),
    }


def _topic(topic: Topic) -> dict[str, Any]:
    safe = {"min.insync.replicas": str(IN_SYNC), "unclean.leader.election.enable": "false", "retention.bytes": "-1"}
    partitions = getattr(topic, "partitions", 0) or Settings().partitions
    return {
        "apiVersion": API,
        "kind": "KafkaTopic",
        "metadata": {"name": topic.name, "labels": CLUSTER, "annotations": {"payment-filter/holds": topic.holds}},
        "spec": {"partitions": partitions, "replicas": COPIES, "config": topic.config() | safe},
    }


def _acl(grant: Grant) -> dict[str, Any]:
    pattern = "prefix" if grant.prefixed else "literal"
    resource = {"type": RESOURCES[grant.resource], "name": grant.name, "patternType": pattern}
    return {"resource": resource, "operations": list(grant.operations), "host": "*"}


def files() -> dict[Path, str]:
    """Every file and what must stand in it."""
    made = {
        "kafka/topics.yaml": (HEADER.format(source="streams/topics.py"), topics()),
        "kafka/users.yaml": (HEADER.format(source="streams/access.py"), users()),
        "rules.yaml": (HEADER.format(source="deploy/prometheus/rules.yaml") + LINKS, [rules()]),
    }
    written = {HERE / name: head + _yaml(content) for name, (head, content) in made.items()}
    # kustomize takes no file from outside its folder.
    policy = HEADER.format(source="deploy/policy.toml") + POLICY.read_text(encoding="utf-8")
    return written | {HERE / POLICY.name: policy}


class _Readable(yaml.SafeDumper):
    """Expressions keep their lines."""

    def represent_str(self, data: str) -> yaml.ScalarNode:
        node: yaml.ScalarNode = super().represent_str(data)
        if "\n" in data:
            node.style = "|"
        return node


_Readable.add_representer(str, _Readable.represent_str)


def _yaml(documents: list[dict[str, Any]]) -> str:
    return str(yaml.dump_all(documents, Dumper=_Readable, sort_keys=False, width=120, allow_unicode=True))


if __name__ == "__main__":
    sys.exit(write_or_check(files()))
