"""Files that are written by a program: written anew, or compared with what would be written."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def write_or_check(made: Mapping[Path, str]) -> int:
    """Write the files; with --check among the program's arguments only compare. Gives the exit code."""
    checking = "--check" in sys.argv[1:]
    stale = [file for file, text in made.items() if not file.exists() or file.read_text(encoding="utf-8") != text]
    for file in stale:
        if checking:
            print(f"{file} is not up to date: run make generate", file=sys.stderr)
        else:
            file.write_text(made[file], encoding="utf-8")
    return int(checking and bool(stale))
