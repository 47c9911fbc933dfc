"""Plays the PDF reader for tests of the child process: what it does is written on its standard input."""

from __future__ import annotations

import json
import os
import signal
import sys
import time


def write(**row: object) -> None:
    sys.stdout.write(json.dumps(row) + "\n")
    sys.stdout.flush()


def play(part: str) -> None:
    write(pages=3, title="Played", outline=[], notes=[])
    if part == "read":
        for number in (1, 2, 3):
            write(number=number, label=None, text=f"Page {number}\r\n")
        write(done=True)
    elif part == "surroundings":
        seen = {"arguments": sys.argv[1:], "environment": dict(os.environ), "folder": sys.path[0]}
        write(number=1, label=None, text=json.dumps(seen))
        write(done=True)
    elif part == "sleep":
        write(number=1, label=None, text=str(os.getpid()))
        if os.fork() == 0:  # a child of the child must go, too
            time.sleep(60)
        time.sleep(60)
    elif part == "burn":
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (1, 2))
        while True:
            pass
    elif part == "swell":
        import resource

        memory = int(sys.argv[2]) * 2**20
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        write(number=1, label=None, text="x" * len(bytearray(2 * memory)))
    elif part == "prattle":
        while True:
            write(number=1, label=None, text="word " * 10_000)
    elif part == "endless row":
        while True:
            sys.stdout.write("x" * 2**20)
    elif part == "complain":
        sys.stderr.write("warning\n" * 200_000)
        write(number=1, label=None, text="Read all the same")
        write(done=True)
    elif part == "crash":
        os.kill(os.getpid(), signal.SIGSEGV)
    elif part == "break off":
        write(number=1, label=None, text="Read")
        sys.stdout.write('{"number": 2, "te')
    elif part == "fail":
        raise ValueError("the reader has a bug")
    elif part == "babble":
        sys.stdout.write("no row\n")
    else:
        write(error=part, detail="told by the reader")


play(sys.stdin.read())
