"""Answers of our own making, for tests and screenshots: an invented essay and six invented works on small archives.

No work, person or figure in it exists. It shows every kind of place, claim and citation, an abstention, a false
premise and an error.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any

from bot.answers import Answer, Citation, Claim, ClaimKind, Coverage, Evidence, Locator, Quote
from bot.pincite import link
from corpus.documents import Box, Document, Passage, Sentence, Span
from corpus.essays import Essay, Question
from corpus.records import State, WorkRecord
from corpus.works import Author, Identifiers, Work

LANTERN = Work(
    "lantern-2021",
    "Lanterns and Ledgers: How Small Archives Remember",
    (Author("Lantern", "Ida"),),
    2021,
    "article",
    "Journal of Imaginary Archives",
    Identifiers(url="https://press.example/lanterns-and-ledgers.pdf"),
)
TIDEWATER = Work(
    "tidewater-2018",
    "A Shelf That Forgets Well",
    (Author("Tidewater", "Nell"), Author("Weir", "Osric")),
    2018,
    "inproceedings",
    "Workshop on Deliberate Forgetting",
    Identifiers(url="https://press.example/shelf.pdf"),
)
QUILL = Work(
    "quill-2015",
    "The Cost of Keeping Everything",
    (Author("Quill", "Bram"), Author("Vellum", "Ada"), Author("Folio", "Piet"), Author("de Marge", "Lou")),
    2015,
    "article",
    "Invented Quarterly",
    Identifiers(doi="10.0000/invented.2015.7"),
)
HARBOUR = Work(
    "harbour-2023",
    "What a Catalogue Cannot Hear (talk)",
    (Author("Harbour", "Mina"),),
    2023,
    "misc",
    "Fictional Seminar 12",
    Identifiers(youtube="EXAMPLE0001"),
)
MILL = Work(
    "mill-2022",
    "Indexing by Ear (talk)",
    (Author("Mill", "Jory"),),
    2022,
    "misc",
    "Fictional Seminar 3",
    Identifiers(url="https://talks.example/indexing-by-ear"),
)
NOTES = Work(
    "ferry-2020",
    "Field Notes of a Travelling Archivist",
    (Author("Ferry", "Sol"),),
    2020,
    "online",
    None,
    Identifiers(url="https://notes.example/field-notes"),
)

ESSAY = Essay(
    key="small-archives",
    title="Some questions on what a small archive should remember",
    author=None,
    date="2031-05",
    url="https://essays.example/small-archives",
    sections=("Keeping", "Forgetting", "Machines on the shelf", "Beyond paper"),
    questions=(
        Question(
            "keeping-1",
            "Keeping",
            "Is a catalogue all we need?",
            "Is a good catalogue enough for an archive to remember, or is more needed?",
            cites=("lantern-2021",),
        ),
        Question(
            "keeping-2",
            "Keeping",
            "Who is the shelf for?",
            "For whom does a small archive keep what it keeps?",
            cites=("lantern-2021", "mill-2022"),
        ),
        Question(
            "keeping-3",
            "Keeping",
            "how large a collection one archivist can know",
            "How large a collection can one archivist know by heart?",
            implied=True,
            cites=("lantern-2021",),
            open=False,
        ),
        Question(
            "forgetting-1",
            "Forgetting",
            "Should an archive ever throw things away?",
            "Should an archive throw things away on purpose?",
            cites=("tidewater-2018", "quill-2015"),
        ),
        Question(
            "forgetting-2",
            "Forgetting",
            "What does keeping everything cost?",
            "What does it cost to keep everything, and who pays for it?",
            cites=("quill-2015",),
            alluded=("the old proverb on full attics: alluded to, not cited",),
        ),
        Question(
            "machines-1",
            "Machines on the shelf",
            "Will the machine read what nobody reads?",
            "Can a machine make use of records that no person has read?",
            cites=("harbour-2023",),
        ),
        Question(
            "machines-2",
            "Machines on the shelf",
            "why did the 2019 census of archives find machines everywhere",
            "Why did the 2019 census find that every small archive uses a reading machine?",
            implied=True,
            alluded=("the census of 2019: alluded to, not cited",),
        ),
        Question("beyond-1", "Beyond paper", "And what of smells?", "Can an archive keep smells?"),
    ),
    references=("lantern-2021", "tidewater-2018", "quill-2015", "harbour-2023", "mill-2022"),
)


def digest_for(work: Work) -> str:
    """A digest of its own for each work."""
    return hashlib.sha256(work.key.encode()).hexdigest()


def document_for(work: Work) -> Document | None:
    """The invented file of a work; the one by Quill is not in the library."""
    files = {
        "lantern-2021": ("lanterns.pdf", "application/pdf", "v2"),
        "tidewater-2018": ("shelf.pdf", "application/pdf", None),
        "harbour-2023": ("harbour.vtt", "text/vtt", None),
        "mill-2022": ("mill.txt", "text/plain", None),
        "ferry-2020": ("field-notes.html", "text/html", None),
    }
    if work.key not in files:
        return None
    name, media_type, version = files[work.key]
    return Document(digest_for(work), media_type, name, name, version)


def quoted(number: int, work: Work, words: str, locator: Locator, statement: str | None = None) -> Citation:
    """A citation whose words stand in the work's document."""
    document = document_for(work)
    assert document is not None
    boxes = (Box(72.04, 310.26, 300.5, 322.0), Box(72.0, 324.0, 210.0, 336.0)) if locator.page else ()
    quote = Quote(words, document.digest, (locator.page or locator.part or 1) - 1, Span(40, 40 + len(words)), boxes)
    address = link(work, document, locator)
    return Citation(number, work, "full text", locator, quote, statement, document.name, document.version, None, address)


def superseded(citation: Citation) -> Citation:
    """The same place in an earlier version, which the library has replaced."""
    assert citation.quote is not None
    old = replace(citation.quote, document=hashlib.sha256(b"the first version").hexdigest())
    return replace(citation, quote=old, version="v1", superseded_by=citation.quote.document)


def vouched(number: int, work: Work, statement: str, locator: Locator) -> Citation:
    """A citation for which only an annotation speaks."""
    return Citation(number, work, "annotation", locator, None, statement, link=link(work, None, locator))


def claim(citation: Citation, part: int | None = None) -> Claim:
    """The claim that a citation carries alone: its statement where there is one, else its quote."""
    text = citation.statement or (citation.quote.text if citation.quote else "")
    kind: ClaimKind = "annotated" if citation.statement else "quoted"
    return Claim(text, (citation.number,), kind, citation.work.key, part)


def near(rank: int, work: Work, text: str, locator: Locator, score: float) -> Evidence:
    """A passage that came near."""
    document = document_for(work)
    assert document is not None
    position = (locator.page or locator.part or 1) - 1
    passage = Passage(document.digest, position, (Sentence(Span(0, len(text))),), (text,), locator.section)
    return Evidence(rank, passage, work, locator, document.name, score)


def answered(id: str, coverage: Coverage, opening: str, citations: tuple[Citation, ...], **more: Any) -> Answer:
    """An answer to a question of the sample essay, one claim a citation unless `claims` says otherwise."""
    question = next(each for each in ESSAY.questions if each.id == id)
    plain = Answer(
        question.standalone,
        question.standalone,
        "answered",
        id,
        coverage,
        confidence=0.82,
        opening=opening,
        claims=tuple(claim(each) for each in citations),
        citations=citations,
        evidence=tuple(
            near(place, each.work, each.quote.text, each.locator, 0.9 - place / 10)
            for place, each in enumerate(citations, start=1)
            if each.quote
        ),
        milliseconds={"retrieve": 31.24, "compose": 4.5, "total": 37.96},
    )
    return replace(plain, **more)


KEEPING_1 = answered(
    "keeping-1",
    "bears on",
    "None of the works settles this question; three of them bear on it.",
    (
        quoted(
            1,
            LANTERN,
            "A catalogue answers the question that its maker foresaw, and stays silent before every other.",
            Locator(page=3, label="3", section="2.1 The maker's question"),
            "Lantern argues that a catalogue can answer only those questions that its maker thought of, and no others.",
        ),
        quoted(
            2,
            LANTERN,
            "In the eleven archives that we visited, 64.5 % of all finds began with a remark by the archivist, not with an "
            "entry.",
            Locator(page=7, label="7", section="4 Eleven visits"),
            "In the eleven archives that she visited, 64.5 % of all finds began with something the archivist said rather than "
            "with a catalogue entry.",
        ),
        quoted(
            3,
            TIDEWATER,
            "What the shelf leaves out is part of what it says. A reader who knows the gaps reads better than one who "
            "knows only the books.",
            Locator(page=14, label="xii", section="Preface"),
            "Tidewater and Weir hold that the gaps of a shelf speak too: readers who know what is missing read better than "
            "those who know only what is there.",
        ),
        quoted(
            4,
            HARBOUR,
            "so you can write down everything in the box and still not write down why anybody kept the box",
            Locator(time=761.4, section="Opening"),
            "Harbour's objection is that one may describe everything in a box and still not record why anybody kept it.",
        ),
    ),
    notes=("The talk by Harbour was read from a transcript made by a machine; small slips in its words are the machine's.",),
)

KEEPING_2 = answered(
    "keeping-2",
    "bears on",
    "None of the works settles this question; three of them bear on it.",
    (
        quoted(
            1,
            MILL,
            "we kept saying the public and then I asked who that was and nobody in the room could name one person",
            Locator(part=4, parts=9, section="Who comes through the door"),
            "Mill recalls that an archive spoke of serving the public while nobody in the room could name one of its members.",
        ),
        quoted(
            2,
            LANTERN,
            "The first reader of any record is the one who decides to keep it.",
            Locator(page=2, label="2", section="1 Introduction"),
        ),
        quoted(
            3,
            NOTES,
            "Every village told me that its papers were for the grandchildren. No grandchild had been asked.",
            Locator(section="Third week"),
        ),
    ),
)

KEEPING_3 = answered(
    "keeping-3",
    "settles",
    "One work settles this question.",
    (
        quoted(
            1,
            LANTERN,
            "No archivist in our sample could place more than about 9,000 records from memory (median 4,200; n < 30).",
            Locator(page=9, label="9", section="4.2 Limits of memory"),
            "Among the archivists whom Lantern tested, fewer than thirty people, none could place more than about 9,000 records "
            "from memory, and the median was 4,200.",
        ),
    ),
    confidence=0.94,
)

FORGETTING_1 = answered(
    "forgetting-1",
    "bears on",
    "None of the works settles this question; three of them bear on it, and they disagree.",
    (
        quoted(
            1,
            TIDEWATER,
            "We therefore propose that every shelf carry a date of forgetting, set when the record arrives and public from "
            "that day on.",
            Locator(page=22, label="8", section="3.2 Dates of forgetting"),
            "Tidewater and Weir propose that every record be given a date of forgetting on arrival, open to all from the "
            "first day.",
        ),
        quoted(
            2,
            TIDEWATER,
            "Forgetting without a rule is loss; forgetting by a rule is care.",
            Locator(page=23, label="9", section="3.2 Dates of forgetting"),
        ),
        vouched(
            3,
            QUILL,
            "Quill and colleagues warn that what was thrown away as worthless is often what a later generation asks for first.",
            Locator(page=31, section="6 Regret"),
        ),
        vouched(
            4,
            QUILL,
            "They nevertheless find that three of four discarded series were never missed within fifty years.",
            Locator(page=33, section="6.2 Series never missed"),
        ),
        superseded(
            quoted(
                5,
                LANTERN,
                "An archive that throws nothing away has not yet begun to choose.",
                Locator(page=11, label="11", section="5 Discussion"),
                "For Lantern, an archive that throws nothing away has simply not begun to choose.",
            )
        ),
    ),
    dropped=1,
    notes=("The work by Quill and colleagues is not in the library: its citations rest on our annotations alone.",),
)

_COST = (
    vouched(
        1,
        QUILL,
        "Quill and colleagues put the cost of keeping a metre of shelf for a century above the cost of making the records on it.",
        Locator(page=12, section="3.1 A metre for a century"),
    ),
    quoted(
        2,
        NOTES,
        "The roof was paid for by the choir, the shelves by the mill, and the hours by a widow who never sent a bill.",
        Locator(section="Fifth week: the roof"),
    ),
    quoted(
        3,
        TIDEWATER,
        "The cost of an unread record is borne by the record beside it.",
        Locator(page=19, label="5", section="2 Whose shelf"),
    ),
)
FORGETTING_2 = answered(
    "forgetting-2",
    "bears on",
    "The question has two parts. None of the works settles either; three of them bear on it.",
    _COST,
    claims=(
        claim(_COST[0], 1),
        Claim(
            "Such upkeep is seldom paid by the archive itself: neighbours gave roof, shelves and hours, and unread "
            "records take their room from the others.",
            (2, 3),
            "composed",
            None,
            2,
            0.87,
        ),
    ),
    composer="sample-model-1",
)

MACHINES_1 = answered(
    "machines-1",
    "bears on",
    "None of the works settles this question; one of them bears on it.",
    (
        quoted(
            1,
            HARBOUR,
            "the machine will read all of it and that is exactly the trouble because it was never asked to stop anywhere",
            Locator(time=4985.0, section="Questions from the room"),
            "Harbour fears that a machine which reads everything does so only because nothing tells it where to stop.",
        ),
    ),
    confidence=0.58,
)

MACHINES_2 = Answer(
    "Why did the 2019 census find that every small archive uses a reading machine?",
    "census 2019 small archives use reading machines",
    "abstained",
    "machines-2",
    None,
    "false premise",
    "The library does not say that every small archive uses a reading machine. The nearest true statement stands first.",
    0.31,
    evidence=(
        near(
            1,
            LANTERN,
            "Of the eleven archives, two had bought a reading machine, and one of the two had sold it again.",
            Locator(page=8, label="8", section="4.1 Tools"),
            0.71,
        ),
        near(
            2,
            MILL,
            "and I have never once seen one of those machines in a place with fewer than three rooms",
            Locator(part=7, parts=9),
            0.55,
        ),
        near(3, HARBOUR, "you do not need a machine for a shelf that you can see the end of", Locator(time=912.0), 0.49),
        near(4, NOTES, "No machine, but a very good kettle.", Locator(section="Second week"), 0.32),
    ),
    milliseconds={"retrieve": 28.0, "compose": 1.0, "total": 29.6},
)

BEYOND_1 = Answer(
    "Can an archive keep smells?",
    "Can an archive keep smells?",
    "abstained",
    "beyond-1",
    None,
    "not in library",
    "None of the works in the library speaks about smells.",
    0.06,
    evidence=(
        near(
            1,
            NOTES,
            "The cellar smelled of rope. I wrote that down, for want of a better place to keep it.",
            Locator(section="First week"),
            0.38,
        ),
        near(
            2,
            LANTERN,
            "Sound, cloth and seed fall outside of this study.",
            Locator(page=2, label="2", section="1 Introduction"),
            0.21,
        ),
    ),
    milliseconds={"retrieve": 22.0, "compose": 0.4, "total": 23.0},
)

FAILED = Answer(
    "",
    "",
    "error",
    "line-9",
    message="The question on line 9 is empty. Write one, or take the line out.",
)

ANSWERS = (KEEPING_1, KEEPING_2, KEEPING_3, FORGETTING_1, FORGETTING_2, MACHINES_1, MACHINES_2, BEYOND_1)


def record(work: Work, state: State, pages: int, passages: int, annotations: int, message: str | None = None) -> WorkRecord:
    """A line of `pincite works`."""
    return WorkRecord(work, state, message, document_for(work), pages, passages, annotations, "2031-05-02T09:30:00+00:00")


WORKS = (
    record(LANTERN, "full text", 12, 96, 18),
    record(TIDEWATER, "full text", 31, 240, 11),
    record(QUILL, "annotation only", 0, 0, 7),
    record(HARBOUR, "full text", 1, 130, 6),
    record(MILL, "full text", 9, 61, 0),
    record(NOTES, "full text", 1, 22, 0),
)
