"""The messages of a demo: every file of a folder that can be a payment message, and what was left aside and why."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from streams.topics import TOPICS

if TYPE_CHECKING:
    from collections.abc import Iterator

# Kinds of files that lie beside messages and are none. Everything else is published: damage is for the filter to find.
_NOT_MESSAGES = frozenset(
    {
        ".csv",
        ".xsd",
        ".md",
        ".rst",
        ".html",
        ".pdf",
        ".py",
        ".toml",
        ".yaml",
        ".yml",
        ".zip",
        ".gz",
        ".png",
        ".jpg",
        ".license",
    }
)
_NOT_MESSAGE_NAMES = frozenset({"license", "licence", "readme", "makefile"})


@dataclass(frozen=True, slots=True)
class SampleMessage:
    """One file and its bytes, published as one message."""

    file: Path
    content: bytes


@dataclass(frozen=True, slots=True)
class Gathered:
    """What was found; `skipped` gives the number of files by the reason they were left aside."""

    messages: tuple[SampleMessage, ...]
    skipped: dict[str, int]


def gather(path: Path) -> Gathered:
    """The messages in a file or folder, read recursively, in the order of the file names (folders mix).

    Raises OSError for what cannot be read.
    """
    files = [path] if path.is_file() else sorted(_files(path), key=lambda file: (file.name, file))
    messages = []
    skipped: Counter[str] = Counter()
    for file in files:
        why = _unfit(file)
        if why:
            skipped[why] += 1
        else:
            messages.append(SampleMessage(file, file.read_bytes()))
    return Gathered(tuple(messages), dict(sorted(skipped.items())))


def told_outcomes(manifest: Path) -> dict[Path, str]:
    """What the samples' manifest promises for each of its files. Raises OSError where it cannot be read."""
    with manifest.open(encoding="utf-8", newline="") as file:
        return {manifest.parent / line["file"]: line["outcome"] for line in csv.DictReader(file)}


def _files(folder: Path) -> Iterator[Path]:
    for file in folder.rglob("*"):
        hidden = any(part.startswith(".") for part in file.relative_to(folder).parts)
        if file.is_file() and not hidden:
            yield file


def _unfit(file: Path) -> str:
    suffix = file.suffix.lower()
    if suffix in _NOT_MESSAGES:
        return f"{suffix} file"
    if file.stem.lower() in _NOT_MESSAGE_NAMES:
        return f"{file.stem} file"
    size = file.stat().st_size
    if size == 0:
        return "empty file"
    limit = TOPICS["inbound"].max_message_bytes - 4096  # the record around the message needs room too
    return "too large file" if size > limit else ""
