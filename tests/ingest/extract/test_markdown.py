from __future__ import annotations

from ingest.extract import Extraction, extract

TEXT = """---
title: "Lanterns and Ledgers"
arxiv_id: 2401.00001v2
---

# Lanterns `and` Ledgers #

Small archives [remember](https://example.org) **more**
  than they hold.

- First entry
  goes on.
2. Second entry.

> Quoted words,
which go on lazily.

| lamps | oil |
|-------|-----|
| 3     | 1 % |

```python
count(lamps)
```

    indented = code

<details>
<summary>Show</summary>
<p class="talk">Said in <em>the</em> talk.</p>
</details>

## Page 2

Counting
========

Words.

## References

A. Keeper. 1999.

### Older

B. Keeper. 1899.

# After

Last words.
"""


def read(text: str) -> Extraction:
    media_type, extraction = extract(text.encode(), "a.md")
    assert media_type == "text/markdown"
    return extraction


def rows(extraction: Extraction, kind: str) -> list[str]:
    return [line.span.of(extraction.pages[0].text) for line in extraction.lines[0] if line.kind == kind]


def test_the_page_is_the_raw_file() -> None:
    extraction = read(TEXT)
    assert [page.text for page in extraction.pages] == [TEXT]
    assert (extraction.pages[0].number, extraction.pages[0].part) == (None, None)


def test_marks_around_a_line_are_left_out_and_marks_inside_stay() -> None:
    assert rows(read(TEXT), "prose") == [
        "Small archives [remember](https://example.org) **more**",
        *("than they hold.", "First entry", "goes on.", "Second entry.", "Quoted words,", "which go on lazily."),
        *("Said in <em>the</em> talk.", "Words.", "Last words."),
    ]


def test_headings_have_their_levels() -> None:
    extraction = read(TEXT)
    headings = [(line.level, line.span.of(TEXT)) for line in extraction.lines[0] if line.kind == "heading"]
    assert headings == [(1, "Lanterns `and` Ledgers"), (1, "Counting"), (1, "After")]


def test_tables_and_code_are_told_apart_without_their_rules() -> None:
    extraction = read(TEXT)
    assert rows(extraction, "table") == ["| lamps | oil |", "| 3     | 1 % |"]
    assert rows(extraction, "code") == ["count(lamps)", "    indented = code"]


def test_front_matter_page_marks_and_references_are_matter() -> None:
    matter = rows(read(TEXT), "matter")
    assert matter[:4] == ["---", 'title: "Lanterns and Ledgers"', "arxiv_id: 2401.00001v2", "---"]
    assert matter[4:] == [
        *("<details>", "<summary>Show</summary>", "</details>", "Page 2"),
        *("References", "A. Keeper. 1999.", "Older", "B. Keeper. 1899."),
    ]


def test_the_front_matter_names_title_and_identifiers() -> None:
    extraction = read(TEXT)
    assert extraction.title == "Lanterns and Ledgers"
    assert (extraction.identifiers, extraction.version) == (("arXiv:2401.00001v2",), "v2")
    assert read("# Lamps\n\nWords.").title == "Lamps"


def test_paragraphs_begin_at_blocks() -> None:
    extraction = read("One\ntwo.\n\nThree.\n\n- Four.\n- Five.")
    assert [line.paragraph for line in extraction.lines[0]] == [True, False, True, True, True]


def test_references_as_a_bare_line_are_matter_too() -> None:
    text = "Words.\nReferences\nA. Keeper. 1999.\n\n## Next\n\nMore."
    assert rows(read(text), "matter") == ["References", "A. Keeper. 1999."]
    assert rows(read(text), "prose") == ["Words.", "More."]


def test_a_rule_at_the_top_is_no_front_matter() -> None:
    assert rows(read("---\n\nWords without any end of front matter."), "prose") == ["Words without any end of front matter."]
