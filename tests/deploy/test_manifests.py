"""Dockerfile, compose and Kubernetes manifests, each judged by a real tool; and what no tool knows about ours."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from streams.config import PREFIX, Settings
from streams.topics import TOPICS
from tests.kafka import ROOT

DEPLOY = ROOT / "deploy"
KUBERNETES = DEPLOY / "kubernetes"
FILES = sorted(KUBERNETES.rglob("*.yaml"))
TOOLS = Path(sys.executable).parent
OURS = ("kafka.strimzi.io", "keda.sh", "monitoring.coreos.com", "kustomize.config.k8s.io")
SCHEMA = json.loads((Path(__file__).parent / "custom_resources.schema.json").read_text())


def _run(*command: str | Path, folder: Path = ROOT, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(part) for part in command],
        capture_output=True,
        text=True,
        check=False,
        timeout=280,
        cwd=folder,
        env=os.environ | more,
    )


def _documents(path: Path) -> list[dict[str, Any]]:
    return [one for one in yaml.safe_load_all(path.read_text()) if one]


ALL = [document for path in FILES for document in _documents(path)]
PODS = {
    one["metadata"]["name"]: (one["spec"]["jobTemplate"]["spec"] if one["kind"] == "CronJob" else one["spec"])[
        "template"
    ]["spec"]
    for one in ALL
    if one["kind"] in {"StatefulSet", "CronJob"}
}


def test_the_dockerfile_is_as_hadolint_wants_it() -> None:
    done = _run(TOOLS / "hadolint", DEPLOY / "Dockerfile")
    assert done.returncode == 0, done.stdout


def test_the_dockerfile_ships_locked_packages_and_no_root() -> None:
    text = (DEPLOY / "Dockerfile").read_text()
    assert "--require-hashes" in text
    assert "--only-binary :all:" in text
    assert "\nUSER 10001:10001\n" in text


def test_the_image_compiles_its_engine_itself() -> None:
    """What lies compiled in somebody's folder is of another machine, and without it screening takes twice as long."""
    assert "python /opt/payment-filter/hatch_build.py" in (DEPLOY / "Dockerfile").read_text()
    assert "**/*.so" in (ROOT / ".dockerignore").read_text().splitlines()


def test_yaml_is_tidy() -> None:
    done = _run(TOOLS / "yamllint", "--strict", "-c", ROOT / ".yamllint.yaml", KUBERNETES, DEPLOY / "compose.yaml")
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(KUBERNETES)))
def test_kubernetes_knows_every_field(path: Path) -> None:
    """kubernetes-validate for Kubernetes' own kinds, our schema for those of operators: nothing is left unjudged."""
    own = [one for one in _documents(path) if not one["apiVersion"].startswith(OURS)]
    for document in _documents(path):
        if document not in own:
            jsonschema.validate(document, SCHEMA)
    if own:
        done = subprocess.run(
            [str(TOOLS / "kubernetes-validate"), "--strict", "-"],
            input=yaml.safe_dump_all(own),
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert done.returncode == 0, done.stdout + done.stderr


def test_a_wrong_field_is_found() -> None:
    """The judges judge: each refuses a manifest that was spoiled."""
    [topic, *_] = _documents(KUBERNETES / "kafka" / "topics.yaml")
    topic["spec"]["replica"] = 3
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(topic, SCHEMA)
    spoiled = (KUBERNETES / "disruption.yaml").read_text().replace("maxUnavailable", "maxUnavailabel")
    command = [str(TOOLS / "kubernetes-validate"), "--strict", "-"]
    done = subprocess.run(command, input=spoiled, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode != 0


@pytest.mark.parametrize(("folder", "namespace"), [(KUBERNETES, "payments"), (KUBERNETES / "kafka", "kafka")])
def test_kustomize_takes_every_file_of_a_folder_into_its_namespace(folder: Path, namespace: str) -> None:
    """Strimzi's operators look in Kafka's namespace, and one kustomization puts all it takes into one."""
    [kustomization] = _documents(folder / "kustomization.yaml")
    assert kustomization["namespace"] == namespace
    assert set(kustomization["resources"]) == {path.name for path in folder.glob("*.yaml")} - {"kustomization.yaml"}
    for generator in kustomization.get("configMapGenerator", []):
        for file in generator.get("files", []):
            assert (folder / file).is_file()
            assert "/" not in file, "kustomize refuses files from outside its folder"


def test_topics_and_users_are_what_the_declarations_say() -> None:
    done = _run(sys.executable, KUBERNETES / "generate.py", "--check")
    assert done.returncode == 0, done.stderr
    topics = [one for one in ALL if one["kind"] == "KafkaTopic"]
    assert [one["metadata"]["name"] for one in topics] == [topic.name for topic in TOPICS.values()]
    for one in topics:
        assert one["spec"]["replicas"] == 3
        assert one["spec"]["config"]["min.insync.replicas"] == "2"
        assert one["spec"]["config"]["unclean.leader.election.enable"] == "false"


def test_there_are_never_more_workers_than_partitions() -> None:
    """The rest would only stand by."""
    [scaled] = [one for one in ALL if one["kind"] == "ScaledObject"]
    assert scaled["spec"]["maxReplicaCount"] == Settings().partitions


def _settings_in(text: str) -> set[str]:
    words = text.replace("=", " ").replace(":", " ").replace('"', " ").split()
    return {word for word in words if word.startswith(PREFIX) and word.isupper()}


def test_every_setting_that_is_given_exists() -> None:
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    for path in (KUBERNETES / "kustomization.yaml", KUBERNETES / "workers.yaml", DEPLOY / "compose.yaml"):
        assert _settings_in(path.read_text()) - known <= {f"{PREFIX}VERSION", f"{PREFIX}BASE", f"{PREFIX}BUILD_BASE"}, (
            path.name
        )


def test_the_settings_on_kubernetes_are_fit_for_production(tmp_path: Path) -> None:
    [kustomization] = _documents(KUBERNETES / "kustomization.yaml")
    token = tmp_path / "token"
    token.write_text("t")
    literals = dict(one.split("=", 1) for one in kustomization["configMapGenerator"][0]["literals"])
    given = {name.removeprefix(PREFIX).lower(): value for name, value in literals.items()}
    settings = Settings.model_validate(given | {"http_token_file": str(token)})
    assert settings.profile == "production"


@pytest.mark.parametrize("name", PODS)
def test_pods_have_no_rights_they_do_not_need(name: str) -> None:
    pod = PODS[name]
    assert pod["automountServiceAccountToken"] is False
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    for container in pod["containers"]:
        guard = container["securityContext"]
        assert guard["readOnlyRootFilesystem"] is True
        assert guard["allowPrivilegeEscalation"] is False
        assert guard["capabilities"] == {"drop": ["ALL"]}
        assert container["resources"]["requests"]
        assert container["resources"]["limits"]["memory"]
        mounted = {one["name"] for one in container["volumeMounts"]}
        assert mounted == {one["name"] for one in pod["volumes"]}


def test_workers_are_at_most_as_many_as_partitions() -> None:
    [scaled] = [one for one in ALL if one["kind"] == "ScaledObject"]
    [inbound] = [one for one in ALL if one["kind"] == "KafkaTopic" and one["metadata"]["name"] == "payments.inbound"]
    assert scaled["spec"]["maxReplicaCount"] <= inbound["spec"]["partitions"]


def test_compose_loads_with_composes_own_loader(tmp_path: Path) -> None:
    """compose-go, built here: the code of `docker compose config` itself."""
    if shutil.which("go") is None:
        pytest.skip("Go is not on the path: compose.yaml was not judged by compose's own loader")
    checker = tmp_path / "compose_check"
    built = _run("go", "build", "-o", checker, ".", folder=Path(__file__).parent / "compose_check", CGO_ENABLED="0")
    assert built.returncode == 0, built.stderr
    done = _run(checker, DEPLOY / "compose.yaml")
    assert done.returncode == 0, done.stderr
    wanted = {"kafka", "topics", "lists", "filter-0", "filter-1", "prometheus", "alertmanager", "grafana"}
    assert wanted <= set(done.stdout.split())
    spoiled = tmp_path / "compose.yaml"
    spoiled.write_text((DEPLOY / "compose.yaml").read_text().replace("stop_grace_period", "stop_grace_perod"))
    assert _run(checker, spoiled).returncode == 1


def test_what_compose_mounts_is_there() -> None:
    for service in _documents(DEPLOY / "compose.yaml")[0]["services"].values():
        for volume in service.get("volumes", []):
            if volume.startswith("."):
                assert (DEPLOY / volume.split(":")[0]).is_dir(), volume


def test_shell_scripts_are_as_shellcheck_wants_them() -> None:
    if shutil.which("shellcheck") is None:
        pytest.skip("shellcheck is not installed (Debian: apt-get install shellcheck): scripts were not judged")
    scripts = [ROOT / ".ci" / "run", *DEPLOY.rglob("*.sh")]
    done = _run("shellcheck", *scripts)
    assert done.returncode == 0, done.stdout
