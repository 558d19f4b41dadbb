"""A file that is written by a program: written anew, or compared with what would be written."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def write_or_check(file: Path, made: str) -> int:
    """Write the file; with --check among the program's arguments only compare. Gives the exit code."""
    if "--check" not in sys.argv[1:]:
        file.write_text(made, encoding="utf-8")
        return 0
    there = file.read_text(encoding="utf-8") if file.exists() else ""
    if there != made:
        print(f"{file} is not up to date: run make generate", file=sys.stderr)
    return int(there != made)
