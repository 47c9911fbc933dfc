"""The words of the test paper, all of our own making: every archive, number and reference in it is invented.

A paragraph is a tuple of sentences. `*words*` are set in italics, `^1` calls footnote 1.
"""

# ruff: noqa: E501 (one sentence a line, however long)

from __future__ import annotations

TITLE = "Lanterns and Ledgers: How Small Archives Remember"
TITLE_LINES = ("Lanterns and Ledgers:", "How Small Archives Remember")
AUTHORS = ("The Keeper of the Lamp Room", "The Clerk of the Day Ledger")
PRESS = "The Pincite Test Press"
STAMP = "ptp:2031.0042v2  [arch.TS]  5 May 2031"
IMPRINT = "Working Paper 42 of The Pincite Test Press. Made up for testing; no such archives exist."

ABSTRACT = (
    "Large archives forget slowly and in public; small ones forget overnight, when a lamp goes out or a clerk moves away.",
    "We follow nine invented village archives through one invented winter and ask what each could still answer in spring.",
    "Archives that wrote every loan into a day ledger kept 91.4 % of their answers, while those that trusted to memory kept 58.2 %.",
    "Better light helped far less than a fixed hour for writing things down.",
    "We conclude that a small archive remembers through its habits rather than through its shelves.",
)

PREFACE = (
    (
        "This paper grew out of a quarrel about a lamp.",
        "One of us held that an archive is only as good as the light it is read by, the other that light is cheap and order is dear.",
        "We agreed to count, and what follows is the count.",
    ),
    (
        "Readers who are short of time may go straight to Section 4, where the results are.",
        "Readers who distrust results may begin with Section 3 and see how they were come by.",
    ),
    (
        "We have tried to write for people who keep an archive and not only for people who study one.",
        "Where a term is used in a narrower sense than in daily life, it is explained beside this preface.",
        "Where a number is given, the way to it is given as well, so that a patient reader can walk it again.",
    ),
    (
        "A word on money is in order, since the question is always asked.",
        "A bound book costs as much as oil for nine evenings, and it lasts for three winters.",
        "The filament costs as much as forty books, and it lasts until somebody knocks it over.",
    ),
    (
        "Nothing in these pages happened.",
        "The villages, the winter and the ledgers were made up so that programs which read papers have something harmless to read.",
    ),
)

TERMS = (
    ("Day ledger", "a bound book in which every loan and return is written on the day it happens"),
    ("Lamp hour", "one hour of reading by one lamp of the standard flame"),
    ("Silent paper", "a paper that is present and in order, but whose reason nobody can tell any more"),
    ("Recall", "the share of the spring list that a stranger can settle in two afternoons"),
    ("Clear difference", "one that fewer than five in a hundred reshuffled winters would show by chance"),
    ("Keeper", "the one person who has the key, and who is usually at supper when it is needed"),
    ("Answer", "a question of the spring list that a stranger could settle with the archive alone"),
)

SECTIONS: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...] = (
    (
        "1 Introduction",
        (
            (
                "What does an archive know on the day its keeper is away?",
                "The question sounds idle until one stands before a locked cabinet with the wrong key and a visitor waiting.",
                "Large institutions have an answer to it, since they employ enough people that somebody is always there.^1",
                "A small archive has one keeper, one lamp and, if it is fortunate, one ledger.",
            ),
            (
                "Earlier writers have looked for the memory of an archive in its shelves (Almanac, 2014), in its catalogue "
                "(Gazette, 2019) or in the head of its keeper (Quire and Folio, 2022).",
                "Each of these places can be emptied in a night.",
                "We look instead at what people do every evening, because a habit is hard to mislay.",
            ),
            (
                "Our first finding is simple.",
                "Archives that closed each evening with ten minutes of writing lost fewer than one answer in ten, whatever lamp they used.",
                "Our second finding surprised us more: a brighter lamp made the ledger longer but not more useful.",
                "We explain both findings by the same cause, which is that a ledger works only when somebody other than its writer has to read it.",
            ),
        ),
    ),
    (
        "2 What an Archive Forgets",
        (),
    ),
    (
        "2.1 Three Kinds of Loss",
        (
            (
                "An archive may lose a paper, the place of a paper, or the reason for which the paper was kept.",
                "The first kind of loss is what most people fear, and it is the rarest of the three.",
                "In the winter we describe, only 14 of 1,204 papers were truly gone by spring.",
                "The second kind is common and can be mended by patient searching.",
                "The third kind cannot be mended at all, for nobody looks for a reason that nobody remembers.",
            ),
            (
                "A keeper who files a letter under the name of its sender makes a choice that a later reader has to guess.",
                "If the choice is written down, the guess takes a minute.",
                "If it is not, the letter is present, in order, undamaged, and of no use to anyone.",
                "We call such a letter *silent*, and we count silent papers apart from lost ones.",
            ),
        ),
    ),
    (
        "2.2 Light and Order",
        (
            (
                "The lamp enters the story because reading by a poor flame is slow.",
                "With the standard oil flame a practised clerk reads 38.5 lines a minute, and with the new filament 52.0 lines.^2",
                "It seemed to follow that better light would leave more time for writing things down.",
                "It did not follow, since the time that was won went into reading more.",
            ),
            (
                "Order behaves differently.",
                "An hour spent on order today saves a few minutes on each of many later days, and the sum is larger than the hour.",
                "The difficulty is that the hour is spent by one person and saved by another.",
                "In a large office the two are colleagues, and the bargain is struck by whoever is in charge of both.",
                "In a village the second person may not have been born yet.",
            ),
        ),
    ),
    (
        "3 Method",
        (
            (
                "We visited nine archives in autumn and again in spring.",
                "At the first visit the keeper of each archive drew up forty questions that the archive could settle, and sealed the list.",
                "At the second visit a stranger, who had never seen the place, tried to settle the same questions in two afternoons.",
                "The share that the stranger settled is the archive's *recall*, written",
            ),
            ("equation", "r = 1 − (s + g) / n", "(1)"),
            (
                "where *n* is the number of questions, *s* the number defeated by silent papers, and *g* the number defeated by papers that were gone.",
                "Three archives were given a filament lamp, three a day ledger, and three were left as they were.",
                "The lots were drawn from a hat in the presence of all nine keepers, two of whom objected to the hat.",
            ),
            (
                "A single winter is a short time, and nine archives are few.",
                "We therefore report each archive by itself and draw no line through the points that the points do not draw themselves.",
                "Differences with *p* < 0.05 under a test of permutations are called clear, and all others are called differences.^3",
            ),
        ),
    ),
    (
        "4 Results",
        (),
    ),
    (
        "4.1 Ledgers",
        (
            (
                "The three archives with a day ledger settled 36, 37 and 36.7 questions of forty on average over the strangers we sent.",
                "That is a recall of 91.4 %, against 58.2 % for the archives that were left alone, and the difference is clear.",
                "Table 1 gives the figures for each archive.",
                "Almost the whole of the gain comes from silent papers: their number fell by 71 %, while the number of papers gone did not change.",
            ),
            (
                "The ledgers themselves are dull, which we take for a virtue.",
                "A typical entry names the paper, the borrower, the shelf and, in five or six words, the reason.",
                "Entries without a reason were of no more use to the stranger than no entry at all.",
                "One keeper left out the shelf for a fortnight in January, and the stranger settled every question from that fortnight all the same.",
            ),
        ),
    ),
    (
        "4.2 Lamps",
        (
            (
                "The filament lamps raised the number of pages read by 35.1 % and the recall by 2.6 %, which is not a clear difference.",
                "In one archive recall even moved by −0.8 %, although its keeper was the proudest of the new lamp.",
                "Figure 1 shows why more light did so little: after the first week the added hours went into reading and none of them into writing.",
            ),
            (
                "We asked the keepers what they had done with the brighter evenings.",
                "All three said that they had finally read what they had always meant to read.",
                "None of them had told anybody what they found there, and when one of them fell ill in March the finds fell ill with him.",
            ),
        ),
    ),
    (
        "4.3 The Reader Next Door",
        (
            (
                "The best single predictor of recall was neither lamp nor ledger but whether a second person read the ledger at least once a week.",
                "Where a neighbour looked in, entries grew shorter and reasons grew clearer within a month.",
                "Where nobody looked in, entries shrank to a date and a shelf mark, then to a date.",
                "A ledger that is never read by another is a diary, and a diary is written for somebody who already knows.",
            ),
        ),
    ),
    (
        "5 Discussion",
        (
            (
                "Why should ten minutes of writing outweigh a whole evening of light?",
                "Our answer is that the two buy different goods.",
                "Light buys reading, and what is read stays in the head of the reader until the head leaves the village.",
                "Writing buys the one thing that a stranger can use, namely a sentence that was meant for a stranger.",
            ),
            (
                "It may be objected that a good catalogue would do the same.",
                "A catalogue records what a paper is, and it does so once, on the day when the paper arrives.",
                "The ledger records what the paper was *used for*, and it does so again whenever somebody uses it.",
                "In our spring list 23 of every 40 questions turned on use, and only 9 turned on what the paper was.",
            ),
            (
                "It may also be objected that a keeper with a good memory needs no ledger.",
                "We agree, and we add that such a keeper must never travel, fall ill or retire.",
                "Quire and Folio (2022) describe a keeper who remembered 1,100 papers without fail for 37 years.",
                "Their last chapter, written after the funeral, is very short.",
            ),
            (
                "The cost of a ledger is easy to state.",
                "Ten minutes on each of 151 winter evenings come to about 25 hours, or less than a third of the time that a filament lamp set free.",
                "A keeper who has both may therefore write the ledger and still read more than before.",
                "None of the three keepers with a lamp thought of doing so, and we had promised not to tell them.",
            ),
        ),
    ),
    (
        "6 Limits",
        (
            (
                "Our strangers were patient people, and patience is not what a visitor usually brings.",
                "The winter was mild, with only 11 days below −5.0 degrees, so that no archive had to burn its shelves.",
                "We cannot say whether the habit of writing would outlast a second winter, because the villages ceased to exist when this paper was finished.",
                "We also cannot rule out that keepers who were given a ledger felt watched, and that the feeling rather than the ledger did the work.^4",
            ),
        ),
    ),
    (
        "7 Conclusion",
        (
            (
                "A small archive remembers what its people write down for one another.",
                "Shelves keep paper and lamps make it legible, but only a sentence addressed to a stranger keeps the reason.",
                "We recommend ten minutes, a bound book and a curious neighbour, in that order of cost and in the opposite order of importance.",
            ),
        ),
    ),
)

ACKNOWLEDGEMENTS = (
    "We thank the nine keepers for their time, the hat for its fairness, and the reviewer who asked for fewer lamps.",
    "This work was paid for by nobody and took place nowhere.",
)

REFERENCES = (
    "Almanac, A. (2014). Shelves as memory. Journal of Imaginary Archives, 3(1), 12–29.",
    "Gazette, G. (2019). What the catalogue knew. In Proceedings of the Second Meeting on Paper, 101–110.",
    "Lamp Room, K. (2028). Wicks, flames and filaments: a field guide. The Pincite Test Press.",
    "Quire, Q. and Folio, F. (2022). The keeper's head. Invented Letters, 7, 44–58.",
    "Verso, V. (2030). On being read by the neighbours. Annals of Small Rooms, 12(4), 5–9.",
)

FOOTNOTES = {
    1: "The largest office we know of employs a person whose only task is to be there.",
    2: "Measured on a Tuesday; on other days the clerk was not available.",
    3: "We use 10,000 permutations and the seed 42.",
    4: "The ledger has no eyes, but a keeper in winter may think otherwise.",
}

TABLE_CAPTION = "Table 1: Recall of the nine archives in spring, with the change against the keeper's own guess."
TABLE_HEAD = ("Archive", "Given", "Recall (%)", "Change")
TABLE_ROWS = (
    ("Upper Ford", "ledger", "90.0", "+4.5"),
    ("Nether Ford", "ledger", "92.5", "+6.0"),
    ("Old Quay", "ledger", "91.7", "−1.2"),
    ("Hill Mill", "lamp", "62.5", "−9.5"),
    ("Low Mill", "lamp", "57.5", "−14.0"),
    ("Salt Gate", "lamp", "62.4", "−11.3"),
    ("Long Moor", "nothing", "60.0", "−12.5"),
    ("Far Moor", "nothing", "55.0", "−20.0"),
    ("Bell Hythe", "nothing", "59.6", "−8.8"),
)

FIGURE_CAPTION = "Figure 1: Hours of reading and of writing in the archives that were given a filament lamp, by week."
FIGURE_WORDS = ("hours a week", "week of the winter", "reading", "writing", "new lamp")

RUNNING_HEADS = ("LANTERNS AND LEDGERS", "THE PINCITE TEST PRESS")

HIGHLIGHTED = "We also cannot rule out"
READER_NOTES = {
    "highlight": "A reader marked this: did anyone ask the keepers?",
    "sticky": "A reader asks whether a tenth archive would change the picture.",
    "free": "A reader: check the hat!",
}
