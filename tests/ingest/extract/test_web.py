from __future__ import annotations

from ingest.extract import Extraction, extract

PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>Lanterns and Ledgers | The Test Press</title>
<meta name="citation_title" content="Lanterns and Ledgers"><meta name="citation_doi" content="10.1234/lanterns.5">
<script>var hidden = "script";</script></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/shop">Shop for lamps</a></li></ul></nav>
<article><h1>Lanterns and Ledgers</h1>
<p>Small archives <em>remember</em> more than they <a href="x">hold</a>, and 3.5% &lt; 4% of them
   burn.<br>A second sentence tells, at some length, how the keeper of the archive counts.</p>
<h2>1 Counting</h2><ul><li>First, the keeper counts the lamps.</li><li>Then the keeper counts the oil.</li></ul>
<pre><code>for lamp in lamps:
    count(lamp)</code></pre>
<table><tr><th>lamps</th><th>oil</th></tr><tr><td>3</td><td>1 %</td></tr></table>
<blockquote><p>Whoever counts by night should count twice, said the old keeper.</p></blockquote>
<h2>References</h2><ol><li>A. Keeper. 1999. On lamps. Journal of Lamps.</li></ol>
</article><footer><p>Copyright and cookies.</p></footer></body></html>"""


def read(page: str = PAGE) -> Extraction:
    media_type, extraction = extract(page.encode(), "a.html")
    assert media_type == "text/html"
    return extraction


def rows(extraction: Extraction, kind: str) -> list[str]:
    return [line.span.of(extraction.pages[0].text) for line in extraction.lines[0] if line.kind == kind]


def test_the_main_text_is_one_page_without_navigation_and_scripts() -> None:
    text = read().pages[0].text
    assert text.startswith("Lanterns and Ledgers\n\nSmall archives remember more than they hold, and 3.5% < 4% of them burn.")
    for absent in ("Shop", "hidden", "cookies", "<em>", "&lt;"):
        assert absent not in text


def test_lines_cover_the_text_and_nothing_but_what_parts_them() -> None:
    extraction = read()
    text = extraction.pages[0].text
    assert "".join(line.span.of(text) for line in extraction.lines[0]) == text.replace("\n", "")


def test_kinds_of_blocks() -> None:
    extraction = read()
    headings = [(line.level, line.span.of(extraction.pages[0].text)) for line in extraction.lines[0] if line.kind == "heading"]
    assert headings == [(1, "Lanterns and Ledgers"), (2, "1 Counting")]
    assert rows(extraction, "code") == ["for lamp in lamps:", "    count(lamp)"]
    assert rows(extraction, "table") == ["lamps | oil", "3 | 1 %"]
    assert rows(extraction, "matter") == ["References", "A. Keeper. 1999. On lamps. Journal of Lamps."]
    assert "First, the keeper counts the lamps." in rows(extraction, "prose")
    assert "Whoever counts by night should count twice, said the old keeper." in rows(extraction, "prose")


def test_title_and_identifiers_come_from_what_the_page_states() -> None:
    extraction = read()
    assert (extraction.title, extraction.identifiers) == ("Lanterns and Ledgers", ("10.1234/lanterns.5",))
    assert read(PAGE.replace("citation_", "other_")).title == "Lanterns and Ledgers"


def test_the_same_bytes_give_the_same_text() -> None:
    assert read() == read()


def test_an_xml_declaration_does_not_hinder() -> None:
    assert read('<?xml version="1.0" encoding="utf-8"?>\n' + PAGE).pages == read().pages
