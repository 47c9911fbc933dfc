"""arXiv is asked by one process at a time, and never too soon; measured at the server."""

from __future__ import annotations

import itertools
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from corpus.errors import HomeNotWritable
from ingest.network import NetworkSettings
from ingest.network.limits import place_of
from ingest.network.manners import LOCK, NOTE, Manners, still_to_wait
from tests.servers.loopback import pauses, send, sent_on

if TYPE_CHECKING:
    from collections.abc import Callable

    from ingest.network import Carrier
    from tests.servers.loopback import Act, Site

ROOT = Path(__file__).parents[3]
SLACK = 0.02
"""What two clock readings may differ by."""


def _ask(home: Path, site: Site, pause: float, times: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.ingest.network.asker", str(home), site.url, str(pause), str(times)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def _slowly(seconds: float) -> Act:
    """Answers only after a while, so that connections that overlap would show."""
    whole = send(b"ok")

    def act(request: object) -> None:
        time.sleep(seconds)
        whole(request)  # type: ignore[arg-type]

    return act


def _overlap(site: Site) -> bool:
    asked = sorted(site.asked, key=lambda each: each.began)
    return any(later.began < earlier.ended for earlier, later in itertools.pairwise(asked))


def test_four_processes_share_one_turn(site: Site, home: Path) -> None:
    site.acts |= {f"/{number}": _slowly(0.05) for number in range(3)}
    processes = [_ask(home, site, 0.3, 3) for _ in range(4)]
    assert [process.wait(40) for process in processes] == [0] * 4
    for process in processes:
        assert process.stdout is not None
        process.stdout.close()
    assert len(site.asked) == 12
    assert min(pauses(site.asked)) >= 0.3 - SLACK
    assert not _overlap(site)


def test_three_seconds_are_three_seconds(site: Site, home: Path) -> None:
    site.acts |= {f"/{number}": send(b"ok") for number in range(2)}
    processes = [_ask(home, site, 3.0, 1) for _ in range(2)]
    for process in processes:
        assert process.wait(30) == 0
        assert process.stdout is not None
        process.stdout.close()
    assert len(site.asked) == 2
    assert pauses(site.asked)[0] >= 3.0 - SLACK


def test_a_process_that_is_killed_lets_go_and_its_request_counts(site: Site, home: Path) -> None:
    site.acts |= {"/0": _slowly(30.0)}
    process = _ask(home, site, 0.8, 1)
    while not site.asked:
        time.sleep(0.01)
    killed = time.monotonic()
    process.send_signal(signal.SIGKILL)
    process.wait(5)
    assert process.stdout is not None
    process.stdout.close()
    with Manners(NetworkSettings(home, arxiv_urls=(site.url,), arxiv_pause=0.8)).turn(place_of(site.url)):
        assert time.monotonic() - killed >= 0.8  # nobody knows when the request arrived: a whole pause from now on
        assert time.monotonic() - site.asked[0].began >= 0.8


def test_threads_take_turns_too(site: Site, home: Path, carrier: Callable[..., Carrier]) -> None:
    site.acts["/a"] = _slowly(0.05)
    ours = [carrier(arxiv_urls=(site.url,), arxiv_pause=0.2) for _ in range(3)]
    threads = [threading.Thread(target=each.get, args=(f"{site.url}/a",)) for each in ours]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert min(pauses(site.asked)) >= 0.2 - SLACK
    assert not _overlap(site)


def test_each_hop_of_a_redirect_waits_for_its_turn(site: Site, carrier: Callable[..., Carrier]) -> None:
    site.acts |= {"/a": sent_on("/b"), "/b": send(b"ok")}
    carrier(arxiv_urls=(site.url,), arxiv_pause=0.3).get(f"{site.url}/a")
    assert pauses(site.asked)[0] >= 0.3 - SLACK


def test_what_arxiv_asks_of_one_process_holds_for_all(site: Site, carrier: Callable[..., Carrier]) -> None:
    site.acts |= {"/a": [send(b"", 429, Retry_After="1"), send(b"ok")], "/b": send(b"ok")}
    ours, others = (carrier(arxiv_urls=(site.url,), retries=2, longest_wait=5.0) for _ in range(2))
    thread = threading.Thread(target=ours.get, args=(f"{site.url}/a",))
    thread.start()
    while not site.asked:
        time.sleep(0.01)
    time.sleep(0.1)
    others.get(f"{site.url}/b")
    thread.join()
    assert min(asked.began for asked in site.asked[1:]) - site.asked[0].began >= 1.0 - SLACK


def test_other_hosts_are_left_alone_for_a_while(site: Site, carrier: Callable[..., Carrier]) -> None:
    site.acts["/a"] = send(b"ok")
    for _ in range(2):
        carrier(host_pause=0.3).get(f"{site.url}/a")
    assert pauses(site.asked)[0] >= 0.3 - SLACK


@pytest.mark.parametrize(
    ("note", "least", "most"),
    [
        ("", 2.9, 3.0),
        ("nonsense\n", 2.9, 3.0),
        ("nan nan\n", 2.9, 3.0),
        ("1e12 3\n", 3.0, 3.0),  # of before a restart of the machine
        ("-1e9 3\n", 0.0, 0.0),
        ("NOW 1e9\n", 3590.0, 3600.0),  # no longer than a server may ask for
        ("NOW 0\n", 2.0, 3.0),  # another process had a shorter pause
    ],
)
def test_a_strange_note_never_stops_us_for_long_nor_lets_us_through_too_soon(
    home: Path, note: str, least: float, most: float
) -> None:
    home.mkdir()
    (home / NOTE).write_text(note.replace("NOW", str(time.monotonic())))
    assert least <= still_to_wait(home / NOTE, 3.0) <= most


def test_nobody_has_asked_yet(home: Path) -> None:
    home.mkdir()
    assert still_to_wait(home / NOTE, 3.0) == 0.0


def test_a_lock_file_that_was_left_behind_stops_nobody(home: Path) -> None:
    home.mkdir()
    (home / LOCK).write_text("31337")
    began = time.monotonic()
    with Manners(NetworkSettings(home)).turn("arxiv.org"):
        assert time.monotonic() - began < 1


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_home_that_cannot_be_written(home: Path) -> None:
    home.mkdir(mode=0o500)
    with pytest.raises(HomeNotWritable), Manners(NetworkSettings(home)).turn("arxiv.org"):
        pass


def test_arxivs_own_hosts_never_get_less_than_three_seconds(home: Path) -> None:
    settings = NetworkSettings(home, arxiv_urls=("http://127.0.0.1:9/api",), arxiv_pause=0.0, host_pause=0.5)
    assert [settings.pause(place) for place in ("arxiv.org", "export.arxiv.org", "arxiv.org:443")] == [3.0] * 3
    assert settings.pause("127.0.0.1:9") == 0.0
    assert settings.pause("openreview.net") == 0.5
    assert settings.pause("notarxiv.org") == 0.5
    assert NetworkSettings(home, arxiv_pause=7.0).pause("export.arxiv.org") == 7.0
