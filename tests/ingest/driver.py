"""Ingests folders in processes of its own, and stops each at a moment that the test names.

A process by itself that imports everything once, then forks a child for each line of JSON on its standard input:
`{"home", "folder", "moment", "wait", "said"}`, `said` being the file that the child writes to. It answers with the
child's id. The children say `here` when they have come to their moment, and `done` at their end.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.writer import Writer
from ingest import run, take_in
from ingest.extract import child
from ingest.sentences import sentence_spans
from tests.ingest.shelves import CATALOGUE, open_shelf

if TYPE_CHECKING:
    from collections.abc import Callable

BATCH = 16
HELD = 0.3
"""Seconds for which `with the lock` lengthens a transaction."""


def stop_here(*arguments: Any, **names: Any) -> None:
    """Wait to be killed."""
    print("here", flush=True)
    time.sleep(60)


def after(times: int, function: Callable[..., Any]) -> Callable[..., Any]:
    """Stop at the call behind so many."""
    calls = iter(range(1000))
    return lambda *arguments, **names: stop_here() if next(calls) == times else function(*arguments, **names)


def finish(writer: Writer, *, last: Callable[[Writer], None] = Writer.finish) -> None:
    """Stop before the commit of a document."""
    if writer._database.run("SELECT count(*) FROM passages")[0][0]:
        stop_here()
    last(writer)


def slowly(*arguments: Any, put: Callable[..., None] = Writer.put_document, **names: Any) -> None:
    """Hold the lock for longer."""
    time.sleep(HELD)
    put(*arguments, **names)


MOMENTS: dict[str, tuple[Any, str, Callable[..., Any]]] = {
    "while a file is read": (child, "_rows", stop_here),
    "while texts are embedded": (take_in, "_embedded", after(3, take_in._embedded)),
    "between two batches": (Writer, "put_vectors", after(3, Writer.put_vectors)),
    "behind the document's bytes": (Writer, "_put_current", stop_here),
    "among the passages": (Writer, "_insert_passage", after(9, Writer._insert_passage)),
    "before the ties": (Writer, "put_ties", stop_here),
    "just before the commit": (Writer, "finish", finish),
    "behind the first document": (run, "take_in", after(1, take_in.take_in)),
    "with the lock": (Writer, "put_document", slowly),
}


def ingest(home: str, folder: str, moment: str, wait: float) -> None:
    """One child's whole life."""
    take_in.EMBED_AT_ONCE = BATCH
    if moment:
        where, name, what = MOMENTS[moment]
        setattr(where, name, what)
    shelf = open_shelf(Path(home), wait=wait)
    for event in run.ingest_folder(shelf, Path(folder), CATALOGUE):
        print(type(event).__name__, flush=True)
    print("done", flush=True)


def main() -> None:
    """Fork a child for each line."""
    sentence_spans("Imported once.")
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        order = json.loads(line)
        process = os.fork()
        if process:
            print(process, flush=True)
            continue
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        said = os.open(order.pop("said"), os.O_WRONLY | os.O_CREAT)
        os.dup2(said, 1)
        os.dup2(said, 2)
        try:
            ingest(**order)
        except BaseException:
            traceback.print_exc()
        finally:
            sys.stderr.flush()
            os._exit(0)


if __name__ == "__main__":
    main()
