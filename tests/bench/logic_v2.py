"""nomenklatura's logic-v2 on the same questions: installed for this comparison only, in a place of its own.

The product does not depend on it. Its packages are locked with hashes (logic_v2_requirements.txt, see there how) and
installed under `.build/logic-v2`; where that fails (no network), the report says so and goes on. It is too slow to try
every listed name: a clean name is compared with the entries whose names are most like it, so that its alerts are
counted too low rather than too high.
"""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
import venv
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lists.entry import Entry

HOME = Path(__file__).resolve().parents[2] / ".build" / "logic-v2"
REQUIREMENTS = Path(__file__).with_name("logic_v2_requirements.txt")
_SCHEMATA = {"person": "Person", "organisation": "Organization", "vessel": "Vessel", "aircraft": "Airplane"}
_SIDE = """
import json, sys, time
from followthemoney import model
from nomenklatura.matching import LogicV2

def proxy(schema, names, identifier):
    made = model.make_entity(schema)
    made.id = identifier
    for name in names:
        made.add("name", name)
    return made

given = json.load(sys.stdin)
entries = {number: proxy(schema, names, number) for number, (schema, names) in given["entries"].items()}
config = LogicV2.default_config()
started, compared, best = time.process_time(), 0, []
for place, (name, numbers) in enumerate(given["asked"]):
    asked = proxy("LegalEntity", [name], f"asked {place}")  # names are remembered by the identifier
    found = [LogicV2.compare(asked, entries[str(number)], config).score for number in numbers]
    compared += len(found)
    best.append(max(found, default=0.0))
json.dump({"best": best, "pairs_per_second": compared / (time.process_time() - started)}, sys.stdout)
"""


def python() -> Path:
    """The interpreter that has logic-v2; installs it first. Raises CalledProcessError where that fails."""
    interpreter = HOME / "bin" / "python"
    done = HOME / "installed"
    if not done.is_file() or done.read_text() != REQUIREMENTS.read_text():
        venv.create(HOME, with_pip=True, clear=True)
        # Hashes are required; the lock holds everything pip needs, so nothing is resolved anew.
        command = f"{interpreter} -m pip install --quiet --no-deps --require-hashes -r {REQUIREMENTS}"
        subprocess.run(shlex.split(command), check=True, capture_output=True, timeout=900)
        done.write_text(REQUIREMENTS.read_text())
    return interpreter


def best(entries: Sequence[Entry], asked: Sequence[tuple[str, Sequence[int]]]) -> tuple[list[float], float]:
    """The best score of each name among the entries beside it, and pairs compared in a second of one core."""
    used = {number for _, numbers in asked for number in numbers}
    given = {
        "entries": {
            number: (_SCHEMATA[entries[number].kind.value], [name.text for name in entries[number].names])
            for number in used
        },
        "asked": [(name, list(numbers)) for name, numbers in asked],
    }
    done = subprocess.run(
        [python(), "-c", _SIDE], input=json.dumps(given), capture_output=True, text=True, check=True, timeout=3600
    )
    answer = json.loads(done.stdout)
    return answer["best"], answer["pairs_per_second"]


if __name__ == "__main__":
    print(python(), file=sys.stderr)
