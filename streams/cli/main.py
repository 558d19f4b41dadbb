"""payment-filter: one file per command, errors as one clear sentence, exits 0 done, 1 a check said no, 2 refused."""

from __future__ import annotations

import difflib
import importlib
import os
import sys
from typing import Any

import typer
import typer.core
from typer.completion import get_completion_inspect_parameters

from streams import ENGINE
from streams.cli.common import EXIT_DONE, EXIT_REFUSED, Refusal
from streams.cli.examples import epilog

PROGRAM = "payment-filter"
CORES = {"screening": "lists", "decoding": "schemas"}  # each has a twin in Python
COMPLETING = "_PAYMENT_FILTER_COMPLETE"  # set by the shell's own script (payment-filter completion) while it asks
EXIT_INTERRUPTED = 130
EXIT_READER_LEFT = 141

# Each command is the Typer app of streams/cli/<name>.py, imported only when it is called: --help and check start fast.
COMMANDS = {
    "check": "decide message files without Kafka",
    "explain": "tell the whole reasoning on one message, for a person",
    "screen": "find the best listed entries for names",
    "customers": "screen the bank's own customers and owners; prove when each was screened",
    "policy": "check, test and show policies",
    "lists": "renew, import, show, compare and prove editions of the lists",
    "topics": "create, check and grow the Kafka topics, and who may use them",
    "audit": "open sealed records for a stated purpose, on the record; keys",
    "run": "run a worker",
    "demo": "produce sample payments and show what happens to them",
    "bench": "measure speed on this machine, beside references",
    "schemas": "write the JSON Schemas and the AsyncAPI document of what the filter publishes and accepts",
    "completion": "print what makes bash, zsh or fish complete commands and options",
}

# typer carries its own copy of click and shows only BadParameter: its second base is click's ClickException.
CommandProblem: Any = typer.BadParameter.__mro__[2]


def main() -> None:
    """Run the command line: the console script `payment-filter`."""
    try:
        sys.exit(_run(sys.argv[1:]))
    except Refusal as refusal:
        sys.exit(_complain(str(refusal), refusal.code))
    except CommandProblem as error:
        sys.exit(_misused(error))
    except (KeyboardInterrupt, typer.Abort):
        sys.exit(_complain("interrupted", EXIT_INTERRUPTED))
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nobody reads any more: say nothing more
        sys.exit(EXIT_READER_LEFT)


def _run(arguments: list[str]) -> int:
    if COMPLETING in os.environ:
        return _answer(completed())
    name = arguments[0] if arguments else ""
    if name in {"", "--help", "-h", "help"}:
        print(_help())
        return EXIT_DONE if name else EXIT_REFUSED
    if name == "--version":
        cores = {what: importlib.import_module(f"{where}.compiled").CORE for what, where in CORES.items()}
        print(f"{ENGINE} ({', '.join(f'{what} core: {core}' for what, core in cores.items())})")
        return EXIT_DONE
    if name not in COMMANDS:
        near = difflib.get_close_matches(name, COMMANDS, n=1)
        meant = f"did you mean {near[0]}? " if near else ""
        raise Refusal(f"no command {name!r}; {meant}See: {PROGRAM} --help")
    return _answer(command(name), arguments[1:], f"{PROGRAM} {name}")


def _answer(asked: Any, arguments: list[str] | None = None, called: str = PROGRAM) -> int:
    code = asked(arguments, prog_name=called, complete_var=COMPLETING, standalone_mode=False)
    return code if isinstance(code, int) else EXIT_DONE


def command(name: str) -> Any:
    """The command with this name, with its examples under its help."""
    app: typer.Typer = importlib.import_module(f"streams.cli.{name}").app
    made = typer.main.get_command(app)
    for part, leaf in {"": made, **getattr(made, "commands", {})}.items():
        leaf.epilog = epilog(f"{name} {part}".strip())
    return made


def completed() -> Any:
    """All commands in one, which typer's own completion looks through; imports them all."""
    get_completion_inspect_parameters()  # asked for what it does beside: it makes typer's shells known
    return typer.core.TyperGroup(name=PROGRAM, commands={name: command(name) for name in COMMANDS})


def _help() -> str:
    width = max(map(len, COMMANDS))
    lines = [f"  {name:<{width}}  {summary}" for name, summary in COMMANDS.items()]
    return "\n".join(
        [
            f"Usage: {PROGRAM} COMMAND [OPTIONS]",
            "",
            "Check and screen payments before the money moves: fail closed, lose nothing, explain everything.",
            "",
            "Commands:",
            *lines,
            "",
            f"{PROGRAM} COMMAND --help tells more. Exit 0: done. 1: a check said no. 2: wrong usage or refused.",
        ]
    )


def _misused(error: Any) -> int:
    message = error.format_message()
    if message.startswith("Usage:"):  # a command group called without a command: its help is the answer
        print(message)
        return EXIT_REFUSED
    context = getattr(error, "ctx", None)
    where = context.command_path if context else PROGRAM
    return _complain(f"{message.rstrip('.')}. See: {where} --help", EXIT_REFUSED)


def _complain(sentence: str, code: int) -> int:
    print(f"{PROGRAM}: {sentence}", file=sys.stderr)
    return code
