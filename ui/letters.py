"""An error as a short letter on standard error, and what to do when nobody reads our output. Knows no command."""

from __future__ import annotations

import contextlib
import os
import sys
from typing import TYPE_CHECKING

from corpus.errors import PinciteError

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextlib.contextmanager
def letters(code: int) -> Iterator[None]:
    """Turn an error that a person can act on into its letter and this exit code; never a traceback.

    What was printed is written out before it ends, so that an output that cannot take it is noticed in time.
    """
    try:
        try:
            yield
        finally:
            sys.stdout.flush()
    except PinciteError as error:
        _post(error)
    except BrokenPipeError:
        _give_up_output()  # the reader of our output has gone, which is no error of ours
    except OSError as error:
        _post(_from_system(error))
        _give_up_output()
    else:
        return
    raise SystemExit(code)


def _post(error: PinciteError) -> None:
    """One letter."""
    from ui.printable import visible
    from ui.progress import console

    screen = console(stderr=True)
    screen.print(visible(error.message), style="bold red", markup=False, soft_wrap=not screen.is_terminal)
    screen.print(visible(error.remedy), markup=False, soft_wrap=not screen.is_terminal)


def _from_system(error: OSError) -> PinciteError:
    """What the system would not do for us, where no adapter said it better."""
    what = error.filename or "The output"
    return PinciteError(
        f"{what} cannot be used: {error.strerror or error}.", remedy="See that there is room and that you may write there."
    )


def _give_up_output() -> None:
    """Let what is still to be written to standard output go nowhere: Python writes it out once more when it ends."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
