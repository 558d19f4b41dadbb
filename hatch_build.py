"""Compile the engine's costliest loops where a C compiler is found; go on without them where there is none.

Their twins in Python give the same answers (lists/compiled/README.md), so nothing fails here: a machine without a
compiler only screens more slowly, and `payment-filter bench` says so.
"""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
import sysconfig
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # called as a script where no wheel is built (deploy/Dockerfile)
    BuildHookInterface = object  # type: ignore[assignment, misc]  # nobody makes one there

if TYPE_CHECKING:
    from collections.abc import Sequence

SOURCE = Path("lists/compiled/engine.c")
TARGET = Path("lists/compiled/_engine.abi3.so")
# No contraction: a sum must come out the same as in Python, to the last bit, on every processor.
FLAGS = ("-O2", "-fPIC", "-shared", "-ffp-contract=off")


def compiler() -> list[str]:
    """The command of the machine's C compiler; empty where there is none."""
    told = shlex.split(sysconfig.get_config_var("CC") or "")
    names = (told[0] if told else "cc", "cc", "gcc", "clang")
    return next(([found] for name in names if (found := shutil.which(name))), [])


def sources(root: Path) -> str:
    """The checksum of the C sources, as lists.compiled takes it: what was built from others is not used."""
    files = sorted(path for path in (root / SOURCE).parent.iterdir() if path.suffix in {".c", ".h"})
    return f"{zlib.crc32(b''.join(path.read_bytes() for path in files)):08x}"


def compile_engine(root: Path, more_flags: Sequence[str] = ()) -> str:
    """Compile beside the source; why it could not be done, or "". What an older run left never stays."""
    (root / TARGET).unlink(missing_ok=True)
    command = compiler()
    if not command:
        return "no C compiler was found"
    if sys.platform == "win32":
        return "this platform is not prepared for it"
    more = ("-undefined", "dynamic_lookup") if sys.platform == "darwin" else ()
    include = f"-I{sysconfig.get_path('include')}"
    made = root / TARGET.with_suffix(".new")
    named = f'-DSOURCES="{sources(root)}"'
    command += [*FLAGS, *more_flags, *more, named, include, str(root / SOURCE), "-o", str(made)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - a fixed list of arguments
    if done.returncode:
        return (done.stderr.strip().splitlines() or [f"exit {done.returncode}"])[-1]
    made.replace(root / TARGET)
    return ""


class CompiledEngine(BuildHookInterface):  # type: ignore[type-arg]  # hatchling's own types are not complete
    """Hatchling's hook for wheels and editable installs alike."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile; a wheel that holds the compiled engine is one for this platform and any Python from 3.11 on."""
        problem = compile_engine(Path(self.root))
        if problem:
            self.app.display_warning(f"the screening engine runs in pure Python, more slowly: {problem}")
        elif version != "editable":
            build_data["artifacts"].append(str(TARGET))
            build_data["pure_python"] = False
            platform = sysconfig.get_platform().replace("-", "_").replace(".", "_")
            build_data["tag"] = f"cp311-abi3-{platform}"


if __name__ == "__main__":
    sys.exit(compile_engine(Path(__file__).parent, sys.argv[1:]) or None)
