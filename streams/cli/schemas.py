"""payment-filter schemas: the JSON Schemas of what the filter publishes and accepts, generated from the same types."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import orjson
import typer

from schemas.formats.payment_json import json_schema
from schemas.wire import ADAPTERS
from streams.cli.common import ROOT, CheckFailed

app = typer.Typer(add_completion=False)


@app.command()
def schemas(
    to: Annotated[Path, typer.Option(help="Folder to write to.")] = ROOT / "schemas" / "json",
    check: Annotated[bool, typer.Option("--check", help="Write nothing; exit 1 if a file is not up to date.")] = False,
) -> None:
    """Write the JSON Schemas, or check that the written ones are up to date."""
    made = documents()
    stale = [name for name, content in made.items() if _read(to / name) != content]
    if check and stale:
        raise CheckFailed(f"not up to date in {to}: {', '.join(stale)}; run payment-filter schemas")
    for name in stale:
        to.mkdir(parents=True, exist_ok=True)
        (to / name).write_bytes(made[name])
    print(f"{to}: {len(made)} schemas, {len(stale)} written")


def _read(path: Path) -> bytes:
    return path.read_bytes() if path.exists() else b""


def documents() -> dict[str, bytes]:
    """File name -> JSON Schema (2020-12) of each record."""
    made: dict[str, dict[str, Any]] = {
        name: adapter.json_schema(mode="serialization") for name, adapter in ADAPTERS.items()
    }
    made["payment"] = json_schema()
    option = orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return {f"{name}.schema.json": orjson.dumps(head | schema, option=option) for name, schema in made.items()}
