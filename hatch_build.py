"""Compile what costs most where a C compiler is found; go on without where there is none.

Its twins in Python give the same answers (README.md in each folder), so nothing fails here: a machine without a
compiler only works more slowly, and `payment-filter bench` says so.
"""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
import sysconfig
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # called as a script where no wheel is built (deploy/Dockerfile)
    BuildHookInterface = object  # type: ignore[assignment, misc]  # nobody makes one there

if TYPE_CHECKING:
    from collections.abc import Sequence


class Part(NamedTuple):
    """A C source, and the file that is made of it beside it; `stable`: one file for every Python from 3.11 on."""

    source: Path
    target: Path
    stable: bool


_OF_THIS_PYTHON = sysconfig.get_config_var("EXT_SUFFIX") or ".so"
PARTS = (
    Part(Path("lists/compiled/engine.c"), Path("lists/compiled/_engine.abi3.so"), stable=True),
    Part(Path("schemas/compiled/core.c"), Path(f"schemas/compiled/_core{_OF_THIS_PYTHON}"), stable=False),
)
# No contraction: a sum must come out the same as in Python, to the last bit, on every processor.
FLAGS = ("-O2", "-fPIC", "-shared", "-ffp-contract=off")


def compiler() -> list[str]:
    """The command of the machine's C compiler; empty where there is none."""
    told = shlex.split(sysconfig.get_config_var("CC") or "")
    names = (told[0] if told else "cc", "cc", "gcc", "clang")
    return next(([found] for name in names if (found := shutil.which(name))), [])


def sources(folder: Path) -> str:
    """The checksum of the C sources, as schemas.built takes it: what was built from others is not used."""
    files = sorted(path for path in folder.iterdir() if path.suffix in {".c", ".h"})
    return f"{zlib.crc32(b''.join(path.read_bytes() for path in files)):08x}"


def compile_part(root: Path, part: Part, more_flags: Sequence[str] = ()) -> str:
    """Compile beside the source; why it could not be done, or "". What an older run left never stays."""
    source, target = root / part.source, root / part.target
    target.unlink(missing_ok=True)
    command = compiler()
    if not command:
        return "no C compiler was found"
    if sys.platform == "win32":
        return "this platform is not prepared for it"
    more = ("-undefined", "dynamic_lookup") if sys.platform == "darwin" else ()
    include = f"-I{sysconfig.get_path('include')}"
    made = target.with_suffix(".new")
    named = f'-DSOURCES="{sources(source.parent)}"'
    command += [*FLAGS, *more_flags, *more, named, include, str(source), "-o", str(made)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - a fixed list of arguments
    if done.returncode:
        return (done.stderr.strip().splitlines() or [f"exit {done.returncode}"])[-1]
    made.replace(target)
    return ""


class CompiledParts(BuildHookInterface):  # type: ignore[type-arg]  # hatchling's own types are not complete
    """Hatchling's hook for wheels and editable installs alike."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile; a wheel that holds something compiled is for this platform, and for the Pythons it works with."""
        problems = {part: compile_part(Path(self.root), part) for part in PARTS}
        for part, problem in problems.items():
            if problem:
                told = f"{part.source.parent} runs in pure Python, more slowly: {problem}"
                self.app.display_warning(told)
        made = [part for part, problem in problems.items() if not problem]
        if made and version != "editable":
            build_data["artifacts"].extend(str(part.target) for part in made)
            build_data["pure_python"] = False
            build_data["tag"] = wheel_tag(made)


def wheel_tag(made: Sequence[Part]) -> str:
    """The stable ABI only where nothing knows this Python by heart."""
    platform = sysconfig.get_platform().replace("-", "_").replace(".", "_")
    own = f"cp{sys.version_info.major}{sys.version_info.minor}"
    return f"cp311-abi3-{platform}" if all(part.stable for part in made) else f"{own}-{own}-{platform}"


if __name__ == "__main__":
    told = [compile_part(Path(__file__).parent, part, sys.argv[1:]) for part in PARTS]
    sys.exit("; ".join(filter(None, told)) or None)
