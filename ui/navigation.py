"""Links from one page of the app to another. Knows the pages by name; what they are is `ui.app`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from streamlit.navigation.page import StreamlitPage

Name = Literal["ask", "essay", "changes", "library"]

PAGES = "pages"
"""Where a session keeps its pages."""
ESSAY, QUESTION, BEFORE, AFTER = "essay", "question", "from", "to"
"""What the addresses of the essay's page and of what changed say: `?essay=…&question=…`, `?essay=…&from=…&to=…`."""

STEPS_ASIDE = """<script>
window.pinciteStepsAside ??= (() => {
  document.addEventListener("click", (event) => {
    const chosen = event.target.closest?.('[data-testid="stSidebarNavLink"], [class*="st-key-go-on-"] button');
    if (!chosen || !matchMedia("(max-width: 767.98px)").matches) return;
    const fold = () => document.querySelector('[data-testid="stSidebarCollapseButton"] button')?.click();
    setTimeout(fold, 150);  // the choice is taken first
  });
  return true;
})();
</script>"""
"""On a narrow screen the side lies over the page: it folds away when a page or an earlier conversation is chosen there."""


def know(pages: Mapping[Name, StreamlitPage]) -> None:
    """Make the pages known to those that link to them."""
    import streamlit as st

    st.session_state[PAGES] = pages


def link(name: Name, says: str, **address: str) -> None:
    """A link to a page, with what its address is to say; the session goes on there."""
    import streamlit as st

    if name in st.session_state.get(PAGES, {}):
        st.page_link(st.session_state[PAGES][name], label=says, query_params=address)
