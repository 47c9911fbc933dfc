"""An answer while it grows, on a terminal: each proven claim as it comes, until the whole answer is printed. Knows no library."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from ui.printable import printable
from ui.show import WIDEST, paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

    from bot.answers import Answer

LEAST = 3
"""Lines that are shown of what grows, however low the terminal."""
AROUND = 4
"""Lines of the terminal that are left free."""


def whole(console: Console, states: Iterator[Answer], writer: str | None) -> Answer:
    """The last state. On a terminal, the states before it are shown while `writer`, a language model, is at work."""
    if writer is None or not console.is_terminal:
        *_, last = states
        return last
    from rich.live import Live
    from rich.spinner import Spinner

    waiting = Spinner("dots", Text(f"{printable(writer)} reads the evidence", "dim"), style="dim")
    with Live(waiting, console=console, transient=True, refresh_per_second=8) as live:
        for last in states:
            live.update(_so_far(console, last), refresh=True)
    return last


def _so_far(console: Console, answer: Answer) -> Text:
    """The end of what stands: as many lines as the terminal has room for."""
    lines: list[Text] = []
    for paragraph in paragraphs(answer):
        lines += [*paragraph.wrap(console, min(console.width, WIDEST)), Text()]
    room = max(LEAST, console.height - AROUND)
    return Text("\n").join(lines[-room:])
