"""Updates homes in processes of their own, and stops each at a moment that the test names.

A process that imports everything once, then forks a child for each line of JSON on its standard input: `{"home", "moment",
"surroundings", "said"}`. It answers with the child's id. A child says `here` when it has come to its moment, and ends with
`done` and the exit code.
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

import bot.essay
from ingest.sentences import sentence_spans
from tests.fakes import HashEmbedder
from ui import cli, update_flow, wiring, workflows

if TYPE_CHECKING:
    from collections.abc import Callable


def stop_here(*_: Any, **__: Any) -> Any:
    """Wait to be killed."""
    print("here", flush=True)
    time.sleep(60)


def after(times: int, function: Callable[..., Any]) -> Callable[..., Any]:
    """Stop at the call behind so many."""
    calls = iter(range(1000))
    return lambda *words, **names: stop_here() if next(calls) == times else function(*words, **names)


def behind(function: Callable[..., Any]) -> Callable[..., Any]:
    """Stop as soon as the deed is done."""
    return lambda *words, **names: (function(*words, **names), stop_here())[0]


MOMENTS: dict[str, tuple[Any, str, Callable[..., Any]]] = {
    "before the first fetch": (update_flow, "take", stop_here),
    "behind the first work": (update_flow, "take", after(1, update_flow.take)),
    "behind the last work": (update_flow._Update, "_end", stop_here),
    "while the essay is answered": (bot.essay, "answer_essay", stop_here),
    "behind the new answers": (workflows, "save_answers", behind(workflows.save_answers)),
    "before the report": (update_flow, "save_report", stop_here),
    "behind the report": (update_flow, "drop_unfinished", stop_here),
}
"""`while a paper is downloaded` is the server's: it stops in the middle."""


def update(home: str, moment: str, surroundings: dict[str, str]) -> int:
    """One child's whole life."""
    os.environ.update(surroundings, PINCITE_HOME=home)
    wiring.make_embedder = lambda settings: HashEmbedder()
    if moment in MOMENTS:
        where, name, what = MOMENTS[moment]
        setattr(where, name, what)
    sys.argv = ["pincite", "update", "--json"]
    try:
        cli.main()
    except SystemExit as ended:
        return int(ended.code or 0)
    return 0


def main() -> None:
    """Fork a child for each line."""
    import chromadb

    sentence_spans("Imported once.")
    assert chromadb  # so was this, for all children
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        order = json.loads(line)
        process = os.fork()
        if process:
            print(process, flush=True)
            continue
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        said = os.open(Path(order.pop("said")), os.O_WRONLY | os.O_CREAT)
        os.dup2(said, 1)
        os.dup2(said, 2)
        try:
            print("done", update(**order), flush=True)
        except BaseException:
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(0)


if __name__ == "__main__":
    main()
