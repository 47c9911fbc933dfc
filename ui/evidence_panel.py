"""The evidence beside an answer: the page with the words highlighted, or the transcript around them. Knows how it looks.

Knows nothing of how a page is drawn (`ui.page_image`) or a quote found. Which citation is open is one pair in the
session: the name of the answer on its page, and the number of the citation, or of the near passage of an abstention.
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from bot.answers import Evidence
from bot.pincite import clock
from ui.answer_html import (
    answer_html,
    citation_html,
    citation_label,
    element,
    footing_html,
    literal,
    nearest,
    passage_html,
    where_of,
)
from ui.exhibit import (
    address_of,
    exhibit_of,
    exhibit_of_passage,
    page_picture,
    pages_of,
    passage_around,
    size_of,
    surroundings,
)
from ui.letter_view import letters
from ui.page_image import SHARP
from ui.printable import printable, visible
from ui.reference_view import links, passage_view, reference_view

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from streamlit.delta_generator import DeltaGenerator

    from bot.answers import Answer, Citation
    from bot.reader import Reader
    from ui.exhibit import Exhibit

OPEN, TURNED, ZOOM = "open", "turned", "zoom"
"""Where a session keeps the open citation, the page turned to since, and how large the page is shown."""
ZOOMS = {1.0: "Page", 1.4: "Text", 2.2: "Large"}
"""How wide the page is shown, in widths of the panel; the margins of most pages are out of sight at the second."""
USUAL = 1.4
TAKEN_OUT = " · taken out of the library since"

OPENS = """<script>
window.pinciteOpens ??= (() => {
  let opener = null;
  const panel = () => document.querySelector(".st-key-evidence");
  const move = (title, tries) => {  // from the keyboard, reading goes on in the panel as soon as it has changed
    const head = panel()?.querySelector(".evidence-title");
    if (head && (head.innerText !== title || tries < 40)) head.focus({ preventScroll: true });
    else if (tries) setTimeout(move, 50, title, tries - 1);
  };
  document.addEventListener("click", (event) => {
    const mark = event.target.closest?.("[data-opens]");
    if (!mark) return;
    const name = mark.dataset.opens;
    const answer = mark.closest('[class*="st-key-answer-"]');
    const citations = answer ? [...answer.querySelectorAll('[class*="st-key-cites-"] button')] : [];
    const button = citations.find((each) => parseInt(each.innerText) === Number(name))
      ?? document.querySelector(`.st-key-${CSS.escape(name)} button`);
    const frame = [...(answer?.classList ?? [])].find((each) => each.startsWith("st-key-answer-"));
    opener = `${frame ? `.${CSS.escape(frame)} ` : ""}[data-opens="${CSS.escape(name)}"]`;
    if (event.detail === 0) move(panel()?.querySelector(".evidence-title")?.innerText, 60);
    button?.click();
  }, true);
  document.addEventListener("keydown", (event) => {
    const within = event.target.closest?.('input, textarea, [role="dialog"], [role="listbox"], [data-baseweb="popover"]');
    const close = panel()?.querySelector(".st-key-close-evidence button");
    if (event.key !== "Escape" || event.defaultPrevented || within || !close) return;
    close.click();
    const back = opener && document.querySelector(opener);  // the mark itself may have been drawn anew since
    if (back) back.focus({ preventScroll: true });
  });
  return true;
})();
</script>"""
"""A click on what has `data-opens` presses the button that it stands for: the numbered citation of its answer, or a key.

Escape closes what was opened, and the keyboard is where it was before.
"""

TO_THE_WORDS = """<script>
{{
  const view = document.querySelector(".page-view");
  const picture = view?.querySelector("img");
  const show = () => view.scrollTo(
    picture.clientWidth * {across} - view.clientWidth / 2, picture.clientHeight * {down} - view.clientHeight / 3);
  if (picture) picture.complete ? show() : picture.addEventListener("load", show, {{ once: true }});
}}
</script>"""
"""Brings the highlighted words into sight."""

TO_THE_MARK = """<script>
{
  const words = document.querySelector(".transcript");
  const mark = words?.querySelector("mark");
  if (mark) words.scrollTop = mark.offsetTop - words.offsetTop - words.clientHeight / 3;
}
</script>"""
"""The same in a transcript."""


def desk() -> Sequence[DeltaGenerator]:
    """Where the answers stand, and where the evidence does; the second is out of sight while nothing is open."""
    import streamlit as st

    with st.container(key="desk"):
        return st.columns([11, 10], gap="large")


def open_citation(name: str, number: int | None) -> None:
    """Open a citation of the answer of this name, or close what is open."""
    import streamlit as st

    st.session_state[OPEN] = None if number is None else (name, number)
    st.session_state.pop(TURNED, None)


def answer_view(answer: Answer, name: str, works: Collection[str], *, lead: str = "") -> None:
    """An answer with its citations, each of which opens beside it; `works` are the keys of those that are here.

    `lead` is HTML of ours that stands above it.
    """
    import streamlit as st

    with st.container(key=f"answer-{name}"):
        st.html(lead + answer_html(answer))
        with st.container(key=f"cites-{name}", gap=None):
            open_buttons(answer, name, works)
        st.html(footing_html(answer))


def open_buttons(answer: Answer, name: str, works: Collection[str], *, drawn: int = 0) -> None:
    """A button for each citation but those that are `drawn` already, and, out of sight, one for each near passage."""
    for citation in answer.citations[drawn:]:
        gone = "" if citation.work.key in works else TAKEN_OUT
        _open_button("cite", citation_label(citation) + gone, name, citation.number)
    for evidence in nearest(answer):
        _open_button("near", f"{evidence.rank} {literal(where_of(evidence))}", name, evidence.rank)


def _open_button(kind: str, label: str, name: str, number: int) -> None:
    import streamlit as st

    st.button(
        label,
        key=f"{kind}-{name}-{number}",
        type="secondary" if st.session_state.get(OPEN) == (name, number) else "tertiary",
        on_click=open_citation,
        args=(name, number),
    )


def opened(answer: Answer, name: str) -> Citation | Evidence | None:
    """The citation of this answer that is open, or the near passage of an abstention."""
    import streamlit as st

    numbered: dict[int, Citation | Evidence] = {citation.number: citation for citation in answer.citations}
    numbered |= {evidence.rank: evidence for evidence in nearest(answer)}
    name_of, number = st.session_state.get(OPEN) or ("", 0)
    return numbered.get(number) if name_of == name else None


def evidence_panel(reader: Reader, answer: Answer, shown: Citation | Evidence) -> None:
    """Everything there is to see of one citation, or of a near passage."""
    import streamlit as st

    gone = shown.work.key not in reader.works()
    with st.container(key="evidence"):
        with st.container(horizontal=True, vertical_alignment="center", key="evidence-head"):
            title = where_of(shown) if isinstance(shown, Evidence) else shown.pincite
            st.html(element('<h2 class="evidence-title" tabindex="-1">{}</h2>', visible(printable(title))))
            st.button("Close", key="close-evidence", type="tertiary", on_click=open_citation, args=("", None))
        with letters():
            exhibit = _exhibit(reader, shown)
            if exhibit is not None and exhibit.page_index is not None:
                page_view(reader, exhibit)
            elif exhibit is not None:
                transcript(exhibit)
        if isinstance(shown, Evidence):
            links(address_of(reader.library, shown), shown.work, shown.locator)
            st.html(passage_html(shown, gone=gone))
            reference_view(reader, shown.work, "")
        else:
            links(shown.link, shown.work, shown.locator)
            st.html(citation_html(answer, shown, gone=gone))
            passage_view(passage_around(answer.evidence, shown))
            reference_view(reader, shown.work, f"“{shown.quote.text}” ({shown.pincite})" if shown.quote else "")


def _exhibit(reader: Reader, shown: Citation | Evidence) -> Exhibit | None:
    if isinstance(shown, Evidence):
        return exhibit_of_passage(reader.library, shown.passage)
    return exhibit_of(reader.library, shown)


def page_view(reader: Reader, exhibit: Exhibit) -> None:
    """The page, with buttons to turn it and to enlarge it; only this part is drawn anew then."""
    import streamlit as st

    st.fragment(_page_view)(reader, exhibit)


def _page_view(reader: Reader, exhibit: Exhibit) -> None:
    with letters():  # here too: Streamlit would show what goes wrong in a fragment in its own way
        _pages(reader, exhibit)


def _pages(reader: Reader, exhibit: Exhibit) -> None:
    import streamlit as st

    quoted, pages = exhibit.page_index or 0, pages_of(reader.library.home, exhibit.document.digest)
    place, turned = st.session_state.get(TURNED, (None, 0))
    shown = min(max(0, turned if place == exhibit.place else quoted), pages - 1)
    with st.container(horizontal=True, vertical_alignment="center", key="page-tools"):
        _turning("‹", "before", exhibit, shown - 1, disabled=shown == 0)
        st.html(element('<p class="page-number">Page {} of {}</p>', shown + 1, pages), width="content")
        _turning("›", "after", exhibit, shown + 1, disabled=shown == pages - 1)
        if shown != quoted and exhibit.boxes:
            _turning("Back to the words", "back", exhibit, quoted)
        zoom = st.segmented_control(
            "Size", list(ZOOMS), format_func=ZOOMS.__getitem__, default=USUAL, key=ZOOM, label_visibility="collapsed"
        )
    _picture(reader, exhibit, shown, zoom or USUAL)


def _turning(label: str, name: str, exhibit: Exhibit, to: int, *, disabled: bool = False) -> None:
    """A button that turns to a page."""
    import streamlit as st

    says = {"before": "Previous page", "after": "Next page"}.get(name)
    turned = (TURNED, (exhibit.place, to))
    st.button(label, key=f"page-{name}", help=says, disabled=disabled, on_click=st.session_state.__setitem__, args=turned)


def _picture(reader: Reader, exhibit: Exhibit, shown: int, zoom: float) -> None:
    """The page itself, moved so that its highlighted words are in sight."""
    import streamlit as st

    boxes = exhibit.boxes if shown == exhibit.page_index else ()
    scale = SHARP * max(1.0, zoom / USUAL)
    picture = page_picture(reader.library.home, exhibit.document.digest, shown, boxes, scale)
    words = "with the words highlighted" if boxes else "of the document"
    tag = '<div class="page-view" tabindex="0"><img style="width: {}%" alt="Page {} {}" src="data:image/png;base64,{}"></div>'
    st.html(element(tag, round(100 * zoom), shown + 1, words, base64.b64encode(picture).decode()))
    width, height = (pixels / scale for pixels in size_of(picture))
    across = (min(box.x0 for box in boxes) + max(box.x1 for box in boxes)) / 2 / width if boxes else 0.5
    down = boxes[0].y0 / height if boxes else 0.0
    st.html(TO_THE_WORDS.format(across=round(across, 4), down=round(down, 4)), unsafe_allow_javascript=True)


def transcript(exhibit: Exhibit, *, whole: bool = False) -> None:
    """The words around the quote, or all of them, and the second at which it begins where the document is timed."""
    import streamlit as st

    near = surroundings(exhibit, whole=whole)
    time = exhibit.page.time_at(exhibit.span.start)
    head = "" if time is None else element('<p class="page-number">From {} on</p>', clock(time))
    words = '{}<div class="transcript" tabindex="0">{}<mark>{}</mark>{}</div>'
    st.html(element(words, head, visible(near.before), visible(near.quote), visible(near.after)))
    if near.quote:
        st.html(TO_THE_MARK, unsafe_allow_javascript=True)
