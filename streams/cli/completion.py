"""payment-filter completion: the script that makes a shell complete commands and options; typer's own."""

from __future__ import annotations

import os
from enum import StrEnum
from typing import Annotated

import typer

from streams.cli.main import COMPLETING, PROGRAM, completed

app = typer.Typer(add_completion=False)


class Shell(StrEnum):
    """The shells typer writes scripts for here."""

    BASH = "bash"
    ZSH = "zsh"
    FISH = "fish"


@app.command()
def completion(shell: Annotated[Shell, typer.Argument(help="Whose script.")]) -> None:
    """Print the script; let your shell read it: put the line below into ~/.bashrc (zsh and fish have their own)."""
    os.environ[COMPLETING] = f"source_{shell}"  # how click and typer are asked for the script
    completed()([], prog_name=PROGRAM, complete_var=COMPLETING)
