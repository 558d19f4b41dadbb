"""payment-filter schemas: JSON Schemas and the AsyncAPI document, generated from the types the code itself uses."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import orjson
import typer

from schemas import context_header
from schemas.formats import payment_json
from schemas.wire import ADAPTERS, VERSIONS
from streams import ENGINE
from streams.asyncapi import document
from streams.cli.common import ROOT, CheckFailed
from streams.config import Settings

if TYPE_CHECKING:
    from collections.abc import Mapping

app = typer.Typer(add_completion=False)

SERVER = "localhost:9092"
_STYLE = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE


@app.command()
def schemas(
    to: Annotated[Path, typer.Option(help="Folder to write to: asyncapi.json, and json/.")] = ROOT / "schemas",
    check: Annotated[bool, typer.Option("--check", help="Write nothing; exit 1 if a file is not up to date.")] = False,
    release: Annotated[bool, typer.Option("--release", help="Also keep them as those of this release.")] = False,
) -> None:
    """Write the JSON Schemas and the AsyncAPI document, or check that the written ones are up to date.

    Example: payment-filter schemas --check
    """
    made = documents()
    if release:
        made |= released(made)
    stale = [name for name, content in made.items() if _read(to / name) != content]
    if check and stale:
        raise CheckFailed(f"not up to date in {to}: {', '.join(stale)}; run payment-filter schemas")
    for name in stale:
        (to / name).parent.mkdir(parents=True, exist_ok=True)
        (to / name).write_bytes(made[name])
    print(f"{to}: {len(made)} documents, {len(stale)} written")


def _read(path: Path) -> bytes:
    return path.read_bytes() if path.exists() else b""


def documents() -> dict[str, bytes]:
    """File name -> content of everything that is generated."""
    from streams.cli.schema_examples import examples  # noqa: PLC0415 - screening is heavy, and --help needs none of it

    records = record_schemas()
    # Keys of the document stand in the order people read it; those of the schemas in alphabetical order, as released.
    asked = {name: records[name] for name in ("payment", "context", "decision", "alert")}
    partitions = Settings.model_fields["partitions"].default
    described = document(VERSION, partitions, asked, examples(), SERVER)
    made = {"asyncapi.json": orjson.dumps(described, option=_STYLE)}
    for name, schema in records.items():
        made[f"json/{name}.schema.json"] = orjson.dumps(schema, option=_STYLE | orjson.OPT_SORT_KEYS)
    return made


VERSION = ENGINE.split()[-1]


def released(made: Mapping[str, bytes]) -> dict[str, bytes]:
    """The same schemas, kept beside as those of this release: later ones are compared with them."""
    return {
        f"json/released/{VERSION}/{Path(name).name}": content
        for name, content in made.items()
        if name.startswith("json/")
    }


def record_schemas() -> dict[str, dict[str, Any]]:
    """Record -> JSON Schema (2020-12), with the version of the record in its id."""
    made: dict[str, dict[str, Any]] = {
        name: adapter.json_schema(mode="serialization") for name, adapter in ADAPTERS.items()
    }
    made |= {"payment": payment_json.json_schema(), "context": context_header.json_schema()}
    return {name: _headed(name, schema) for name, schema in made.items()}


def _headed(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    version = VERSIONS.get(name, 1)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:payment-filter:schema:{name}:v{version}",
        **schema,
    }
