"""A reader on the Ask page, run by Streamlit's own test runner."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).parents[3]
HOSTILE = (
    "The keeper writes <script>alert(1)</script> and **bold** and $x$ and [this](https://bad.example/x) and `code` with his lamp "
    "into a book of the harbour before noon."
)
ESCAPED = "&lt;script&gt;alert(1)&lt;/script&gt; and **bold** and $x$ and [this](https://bad.example/x) and `code`"


def ask(app: AppTest, question: str) -> AppTest:
    return app.chat_input[0].set_value(question).run()


def questions(app: AppTest) -> list[str]:
    return [message.get("html")[0].value for message in app.chat_message if message.name == "user"]


def citations(app: AppTest) -> list[str]:
    """What the closed citations say, in order."""
    return [button.label for button in app.button if (button.key or "").startswith("cite-")]


def open_citation(app: AppTest, number: int, turn: int = 0) -> AppTest:
    return app.button(key=f"cite-turn-{turn}-{number}").click().run()
