import base64
import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from bot.answer_json import answer_from_json, answer_to_json, answers_in
from bot.answers import Answer
from corpus.bibliography import read_bibtex
from corpus.errors import SettingsError
from tests.ui import sample
from ui.report import ReportFiles, write_report
from ui.report.arrangement import arrange, named
from ui.report.markdown import report_markdown
from ui.report.picture import picture

HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)> {{ 7*7 }} & \u202egnirts\x1b[31m \"quoted\" 'so'"


class Seen(HTMLParser):
    """Everything that matters of a page: its elements, ids, addresses and words."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.raw: dict[str, list[str]] = {"style": [], "script": []}
        self._open = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._open = tag

    def handle_endtag(self, tag: str) -> None:
        self._open = ""

    def handle_data(self, data: str) -> None:
        if self._open in self.raw:
            self.raw[self._open].append(data)
        else:
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).split())

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> ReportFiles:
    return write_report(sample.ANSWERS, sample.ESSAY, sample.WORKS, tmp_path_factory.mktemp("new") / "report")


@pytest.fixture(scope="module")
def page(written: ReportFiles) -> Seen:
    return Seen(written.html.read_text(encoding="utf-8"))


def _page_of(answers: Sequence[Answer], out: Path) -> tuple[str, Seen]:
    text = write_report(answers, sample.ESSAY, sample.WORKS, out).html.read_text(encoding="utf-8")
    return text, Seen(text)


def test_the_four_files_lie_where_they_are_said_to_lie(written: ReportFiles) -> None:
    names = [path.name for path in (written.html, written.markdown, written.json, written.bibtex)]
    assert names == ["index.html", "report.md", "answers.json", "works.bib"]
    assert sorted(path.name for path in written.html.parent.iterdir()) == sorted(names)


def test_a_page_carries_its_answers_and_gives_them_back(written: ReportFiles) -> None:
    expected = [json.loads(json.dumps(answer_to_json(answer))) for answer in sample.ANSWERS]
    assert answers_in(written.html) == expected
    assert answers_in(written.json) == expected
    saved = json.loads(written.json.read_text(encoding="utf-8"))
    assert saved["schema"] == 1
    assert saved["essay"]["title"] == sample.ESSAY.title


def test_every_claim_quote_and_pincite_is_on_the_page(page: Seen) -> None:
    for answer in sample.ANSWERS:
        assert answer.question in page.text
        assert answer.opening in page.text
        for claim in answer.claims:
            assert claim.text in page.text
        for citation in answer.citations:
            assert citation.pincite in page.text
            if citation.quote:
                assert f"“{citation.quote.text}”" in page.text
        for note in answer.notes:
            assert note in page.text


def test_a_quote_that_is_itself_the_claim_stands_there_once(page: Seen) -> None:
    words = "Forgetting without a rule is loss; forgetting by a rule is care."
    assert page.text.count(words) == 1
    assert page.text.count("An archive that throws nothing away has not yet begun to choose.") == 1


def test_a_citation_without_its_work_says_so(page: Seen) -> None:
    vouched = sum(citation.quote is None for answer in sample.ANSWERS for citation in answer.citations)
    assert vouched == 3
    assert page.text.count("annotation: the work itself is not in the library") == vouched
    assert "3 more citations rest on annotations alone" in page.text


def test_an_older_version_and_a_dropped_sentence_are_owned_up_to(page: Seen) -> None:
    assert page.text.count("a newer version has replaced this one") == 1
    assert "1 sentence dropped: the proof failed" in page.text
    assert "composed by sample-model-1" in page.text


def test_the_head_counts_what_follows(page: Seen) -> None:
    assert "8 questions: 6 answered, 2 abstained." in page.text
    assert "14 citations, each with a quote found word for word in 6 documents." in page.text


def test_an_abstention_shows_the_three_nearest_passages(page: Seen) -> None:
    nearest = [evidence.passage.text for evidence in sample.MACHINES_2.evidence]
    assert all(f"“{text}”" in page.text for text in nearest[:3])
    assert nearest[3] not in page.text


def test_every_inner_link_leads_somewhere_and_every_id_is_single(page: Seen) -> None:
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    inner = {address[1:] for attributes in page.all("a") if (address := attributes.get("href") or "").startswith("#")}
    assert inner
    assert inner <= set(ids)


def test_each_mark_leads_to_its_citation(page: Seen) -> None:
    marks = [attributes["href"] for attributes in page.all("a") if attributes.get("class") == "mark"]
    expected = [f"#{answer.id}.{number}" for answer in sample.ANSWERS for claim in answer.claims for number in claim.citations]
    assert marks == expected


def test_the_page_needs_nothing_and_allows_nothing_from_elsewhere(page: Seen) -> None:
    assert {tag for tag, _ in page.elements}.isdisjoint({"img", "iframe", "object", "embed", "form", "base", "video", "audio"})
    for tag, attributes in page.elements:
        assert "style" not in attributes
        assert not any(name.startswith("on") for name in attributes)
        if tag != "a":
            assert "src" not in attributes
            assert (attributes.get("href") or "data:").startswith("data:")
    assert not re.search(r"@import|url\((?!data:)", "".join(page.raw["style"]))
    assert all(
        "noopener" in (attributes.get("rel") or "")
        for attributes in page.all("a")
        if (attributes.get("href") or "").startswith("http")
    )


def test_the_policy_names_exactly_our_style_and_script(page: Seen) -> None:
    policy = next(attributes["content"] for attributes in page.all("meta") if "http-equiv" in attributes) or ""
    rules = dict(rule.split(maxsplit=1) for rule in policy.split("; "))
    (style,) = page.raw["style"]
    _, script = page.raw["script"]

    def hashed(source: str) -> str:
        return f"'sha256-{base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()}'"

    assert rules["default-src"] == "'none'"
    assert rules["style-src"] == hashed(style)
    assert rules["script-src"] == hashed(script)


def _hostile() -> Answer:
    citation = sample.KEEPING_1.citations[0]
    assert citation.quote is not None
    bad = replace(
        citation,
        work=replace(citation.work, title=HOSTILE),
        quote=replace(citation.quote, text=HOSTILE),
        locator=replace(citation.locator, section=HOSTILE[:30]),
        document_name=HOSTILE,
        version=HOSTILE,
        statement=HOSTILE,
        link="javascript:alert(3)",
    )
    claim = replace(sample.KEEPING_1.claims[0], text=HOSTILE, citations=(1,))
    return replace(
        sample.KEEPING_1,
        id='x" onclick="alert(4)',
        question=HOSTILE,
        opening=HOSTILE,
        notes=(HOSTILE,),
        composer=HOSTILE,
        claims=(claim,),
        citations=(bad,),
    )


def test_nothing_from_a_quote_runs(tmp_path: Path) -> None:
    text, page = _page_of([_hostile()], tmp_path)
    assert len(page.all("script")) == 2
    assert "<img" not in text
    assert "javascript:" not in [address for attributes in page.all("a") if (address := attributes.get("href"))]
    assert not any("onclick" in attributes for _, attributes in page.elements)
    assert "alert(1)" in page.text
    assert "{{ 7*7 }}" in page.text
    assert not re.search("[\x1b\u202e]", re.sub(r'<script type="application/json".*?</script>', "", text, flags=re.DOTALL))
    assert answer_from_json(answers_in(tmp_path / "index.html")[0]).claims[0].text == HOSTILE


def test_a_lone_surrogate_does_not_stop_the_report(tmp_path: Path) -> None:
    answer = replace(sample.BEYOND_1, question="half \ud83d a sign")
    _, page = _page_of([answer], tmp_path)
    assert "half \ufffd a sign" in page.text
    assert answers_in(tmp_path / "answers.json")[0]["question"] == "half \ud83d a sign"


def test_the_picture_counts_citations_by_question_and_work() -> None:
    grid = picture(arrange(sample.ANSWERS, sample.ESSAY, sample.WORKS))
    assert [work.key for work in grid.works] == [
        "ferry-2020",
        "harbour-2023",
        "lantern-2021",
        "mill-2022",
        "quill-2015",
        "tidewater-2018",
    ]
    assert grid.totals == (2, 2, 5, 1, 3, 4)
    lines = {line.entry.anchor: line for band in grid.bands for line in band.lines}
    assert [cell.count for cell in lines["forgetting-1"].cells] == [0, 0, 1, 0, 2, 2]
    quill = lines["forgetting-1"].cells[4]
    assert quill.says == "2 citations, annotation only"
    assert [cell.work.key for cell in lines["keeping-2"].cells if cell.asked] == ["lantern-2021", "mill-2022"]
    assert all(cell.size == 0 for cell in lines["beyond-1"].cells)


def test_answers_follow_the_essay_whatever_their_order(tmp_path: Path) -> None:
    stray = replace(sample.BEYOND_1, id="stray", question="A question of one's own?")
    arranged = arrange([stray, *reversed(sample.ANSWERS)], sample.ESSAY, ())
    assert [entry.answer.id for entry in arranged.entries] == [*(question.id for question in sample.ESSAY.questions), "stray"]
    assert [section.title for section in arranged.sections] == [*sample.ESSAY.sections, "Other questions"]


def test_anchors_are_single_where_ids_are_not() -> None:
    answers = [replace(sample.BEYOND_1, id=id) for id in ("a b", "a-b", None, None, "7", "!?", "work-lantern-2021", "overview")]
    anchors = [entry.anchor for entry in arrange(answers, None, ()).entries]
    assert len(set(anchors)) == len(anchors)
    assert all(re.fullmatch(r"[A-Za-z][A-Za-z0-9-]*", anchor) for anchor in anchors)
    assert not {"overview", "answers", "works", "work-lantern-2021"} & set(anchors)


def test_claims_are_grouped_by_voice_and_by_part() -> None:
    entries = {entry.anchor: entry for entry in arrange(sample.ANSWERS, sample.ESSAY, ()).entries}
    (part,) = entries["forgetting-1"].parts
    assert part.number is None
    voices = [(voice.work and voice.work.key, len(voice.rows)) for voice in part.voices]
    assert voices == [("tidewater-2018", 2), ("quill-2015", 2), ("lantern-2021", 1)]
    first, second = entries["forgetting-2"].parts
    assert (first.number, second.number) == (1, 2)
    assert second.voices[0].work is None
    assert [citation.number for citation in second.voices[0].rows[0].citations] == [2, 3]


def test_the_wording_of_parts_is_their_heading(tmp_path: Path) -> None:
    parted = replace(sample.FORGETTING_2, parts=("What does it <b>cost</b>?", "Who pays for it?"))
    (entry,) = arrange([parted], None, ()).entries
    assert [part.heading for part in entry.parts] == ["Part 1: What does it <b>cost</b>?", "Part 2: Who pays for it?"]
    _, page = _page_of([parted], tmp_path)
    assert "1. What does it <b>cost</b>?" in page.text
    assert "2. Who pays for it?" in page.text
    text = report_markdown(arrange([parted], None, ()))
    assert "#### Part 2: Who pays for it?" in text
    assert "<b>" not in text.replace("\\<b>", "")
    (alone,) = arrange([replace(parted, claims=parted.claims[:1])], None, ()).entries
    assert [part.number for part in alone.parts] == [1]
    (whole,) = arrange([replace(parted, claims=tuple(replace(claim, part=None) for claim in parted.claims))], None, ()).entries
    assert [part.number for part in whole.parts] == [None]


def test_a_report_may_have_a_title_of_its_own_and_says_what_was_searched() -> None:
    followed = replace(sample.KEEPING_1, question="why?", query="Why is it kept?")
    text = report_markdown(arrange([followed], None, ()), title="A *talk*")
    assert text.startswith("# A \\*talk\\*\n")
    assert "Searched for: Why is it kept?" in text
    assert "Searched for" not in report_markdown(arrange([sample.KEEPING_1], None, ()))


def test_a_citation_that_two_claims_share_is_shown_once(tmp_path: Path) -> None:
    claims = (sample.KEEPING_1.claims[0], replace(sample.KEEPING_1.claims[1], citations=(1, 2)))
    answer = replace(sample.KEEPING_1, claims=claims, citations=sample.KEEPING_1.citations[:2])
    _, page = _page_of([answer], tmp_path)
    quote = answer.citations[0].quote
    assert quote is not None
    assert page.text.count(quote.text) == 1
    assert sum(attributes.get("href") == "#keeping-1.1" for attributes in page.all("a")) == 2


def test_the_bibliography_can_be_read_again(written: ReportFiles, page: Seen) -> None:
    works = {work.key: work for work in read_bibtex(written.bibtex.read_text(encoding="utf-8"))}
    assert works.keys() == {record.work.key for record in sample.WORKS}
    assert works["lantern-2021"].title == sample.LANTERN.title
    saved = next(attributes for attributes in page.all("a") if attributes.get("download"))
    assert (saved["href"] or "").startswith("data:application/x-bibtex")
    assert "Proven in lanterns.pdf, v2, SHA-256" in page.text


def test_long_lists_of_authors_are_cut() -> None:
    author = sample.LANTERN.authors[0]
    assert named(replace(sample.LANTERN, authors=(author,) * 14)).endswith("Ida Lantern and 4 others")
    assert named(sample.TIDEWATER) == "Nell Tidewater and Osric Weir"
    assert named(replace(sample.LANTERN, authors=())) == ""


def test_a_report_without_essay_answers_or_works_is_still_a_page(tmp_path: Path) -> None:
    files = write_report([], None, [], tmp_path)
    page = Seen(files.html.read_text(encoding="utf-8"))
    assert "No questions: 0 answered." in page.text
    assert json.loads(files.json.read_text(encoding="utf-8")) == {"schema": 1, "essay": None, "answers": []}
    failed = write_report([sample.FAILED], None, [], tmp_path)
    assert (sample.FAILED.message or "no message") in Seen(failed.html.read_text(encoding="utf-8")).text


def test_a_folder_that_cannot_be_made_is_an_error_with_a_remedy(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with pytest.raises(SettingsError, match="cannot be written") as caught:
        write_report(sample.ANSWERS, sample.ESSAY, sample.WORKS, tmp_path / "file" / "report")
    assert "--out" in caught.value.remedy


def _footnotes(text: str) -> tuple[list[str], list[str]]:
    return re.findall(r"(?<!\n)\[\^([0-9-]+)\]", text), re.findall(r"^\[\^([0-9-]+)\]:", text, re.MULTILINE)


def test_markdown_marks_and_footnotes_agree(written: ReportFiles) -> None:
    text = written.markdown.read_text(encoding="utf-8")
    marks, notes = _footnotes(text)
    assert len(notes) == len(set(notes)) == 17
    assert set(marks) == set(notes)
    flat = " ".join(text.split())
    assert "[^1-1]: Lantern 2021, p. 3, §2.1: “A catalogue answers the question" in flat
    assert flat.count("(annotation: the work itself is not in the library)") == 3
    assert flat.count("Forgetting without a rule is loss") == 1
    assert "(median 4,200; n < 30)" in flat
    assert max(map(len, text.splitlines())) <= 100


def test_markdown_shows_hostile_text_as_text(tmp_path: Path) -> None:
    from markdown_it import MarkdownIt

    odd = "# no heading\n- no list\n1. no number <b>bold</b> *star* _under_ [a](javascript:x) `code` | &lt; snake_case"
    answer = replace(_hostile(), opening=odd, notes=(odd,), message=None)
    text = write_report([answer], sample.ESSAY, sample.WORKS, tmp_path).markdown.read_text(encoding="utf-8")
    shown = MarkdownIt("commonmark").render(text)
    page = Seen(shown)
    assert {tag for tag, _ in page.elements}.isdisjoint({"script", "img", "b", "code"} - {"code"} | {"b"})
    assert len(page.all("h1")) == 1
    assert not page.all("ol")
    assert (
        "# no heading - no list 1. no number <b>bold</b> *star* _under_ [a](javascript:x) `code` | &lt; snake_case" in page.text
    )
    assert not any((attributes.get("href") or "").startswith("javascript") for attributes in page.all("a"))


def test_markdown_lines_never_begin_a_block_by_folding() -> None:
    from ui.report.markdown import _wrapped

    text = ("word " * 19 + "# " + "word " * 19 + "12. " + "word " * 18 + "- > " + "word " * 30) * 3
    for line in _wrapped(text).splitlines():
        assert not re.match(r"(#|>|[-+]\s|\d+[.)]\s)", line)
