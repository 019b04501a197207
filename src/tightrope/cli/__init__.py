"""The command line: parse, delegate, print. One module for each kind of command, one line for each below.

Exit codes: 0 right, 1 the input is wrong, 2 usage, 3 a fault of ours, 130 interrupted.
"""

from __future__ import annotations

import os
import signal
import sys
from io import TextIOWrapper
from typing import NoReturn

import click

from tightrope.cli import about, app, ensemble, read, situation, update, votes
from tightrope.cli.group import INTERRUPTED, OUR_FAULT, SHIPPED, WRONG_INPUT, cli
from tightrope.errors import CaseError, TightropeError

__all__ = ["COMMANDS", "SHIPPED", "cli", "main"]

COMMANDS = (ensemble, read, situation, update, votes, app, about)


def main() -> NoReturn:
    """Run the command line and exit with the code that says how it went."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    signal.signal(signal.SIGTERM, _terminated)
    try:
        cli.main(standalone_mode=False)
        sys.stdout.flush()
        sys.exit(0)
    except click.exceptions.Exit as asked:
        sys.exit(asked.exit_code)
    except click.ClickException as usage:
        usage.show()
        sys.exit(usage.exit_code)
    except (KeyboardInterrupt, click.Abort):
        click.echo("interrupted: nothing was finished, nothing was written", err=True)
        sys.exit(INTERRUPTED)
    except TightropeError as error:
        click.echo(f"error: {error}" if not isinstance(error, CaseError) else _faults(error), err=True)
        sys.exit(WRONG_INPUT)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        click.echo(f"error: the output cannot be written: {error.strerror or error}", err=True)
        sys.exit(WRONG_INPUT)
    except Exception as fault:
        if os.environ.get("TIGHTROPE_TRACE"):
            raise
        click.echo(f"a fault of ours: {type(fault).__name__}: {fault}", err=True)
        click.echo("Please report it; TIGHTROPE_TRACE=1 shows where it happened.", err=True)
        sys.exit(OUR_FAULT)


def _terminated(number: int, frame: object) -> NoReturn:
    """Be ended as by Ctrl-C: what is finished is kept, and no worker is left behind."""
    raise KeyboardInterrupt


def _faults(error: CaseError) -> str:
    count = len(error.faults)
    return f"{error}\n{count} fault{'s' if count != 1 else ''}; the case was not loaded"
