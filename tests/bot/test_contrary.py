"""A sentence contradicts a question only where it says the contrary of the same thing, of whom the question speaks."""

from __future__ import annotations

import pytest

from bot.contrary import contradicts, stem

AUTHORS = frozenset(map(stem, ("Hale", "Quarry")))


@pytest.mark.parametrize(
    ("question", "line"),
    [
        (
            "Why did the L52 lamp make reading worse?",
            "Small lamps did harm, but with the L52 lamp reading went noticeably better.",
        ),
        ("Why does Hale want the harbour book to have as many pages as possible?", "The harbour book is kept to very few pages."),
        ("Why does a taller wick improve the burning time?", "Having a taller wick harms the final burning time."),
        ("Why does the X-Lamp need more oil than gas?", "Still, since the X-Lamp gets by with far fewer oil cans, we kept it."),
        ("Why does the X-Lamp need more oil than the Y-Lamp?", "A new X-Lamp (of the R-type) needs less oil than an old Y-Lamp."),
        ("Why did the reading lamp improve the recall?", "The reading lamp does not improve recall in any village."),
        ("Why does Quarry think that oil is enough?", "When the harbour burns, oil is clearly not enough, says Quarry."),
        ("Why does Quarry urge keepers to buy their own lamp oil?", "So I would not advise keepers to roll out lamp oil."),
        ("Why did Quarry recommend the filament lamp?", "Quarry advises everybody against a filament lamp."),
        ("What makes candles beat filaments at reading?", "Filaments, though dear, outperform all other sources of light."),
        ("Why does oil outperform gas?", "It was gas that outperformed oil in every village."),
        ("Why do the clerks burn the ledgers in spring?", "The clerks of spring do not burn ledgers or papers."),
    ],
)
def test_a_line_that_says_the_contrary(question: str, line: str) -> None:
    assert contradicts(question, line, AUTHORS)


@pytest.mark.parametrize(
    ("question", "line"),
    [
        ("Why did the L52 lamp make reading worse?", "With the L52 lamp reading was much worse."),
        ("Why did the L52 lamp make reading worse?", "With the L52 lamp reading was not better."),
        ("Why did the L52 lamp make reading worse?", "With the L9 candle everything went noticeably better for them."),
        ("Why does Quarry urge keepers to buy lamp oil?", "I would advise keepers to buy lamp oil at once."),
        ("Why does Quarry urge keepers to buy lamp oil?", "I would not advise anybody to sail in winter."),
        ("Why does Quarry argue against lamp oil?", "Quarry argues against lamp oil mainly for its smell."),
        ("Why does gas outperform oil?", "It was gas that outperformed oil in every village."),
        ("What makes candles beat filaments at reading?", "Candles did not outperform all other sources of light."),
        ("Why do the clerks burn the ledgers in spring?", "The clerks do not swim in spring, and burn what they like."),
        ("Why do the clerks burn the ledgers in spring?", "The clerks of spring burn ledgers rather than letters, not papers."),
        (
            "Why do the clerks burn the ledgers in spring?",
            "Unlike others, Ostrava keeps its clerks of spring, and does not burn ledgers.",
        ),
        ("Why does Quarry say that oil is bought?", "Oil is not bought by clerks but by keepers of the harbour."),
    ],
)
def test_a_line_that_does_not(question: str, line: str) -> None:
    assert not contradicts(question, line, AUTHORS)


@pytest.mark.parametrize(
    ("question", "line"),
    [
        # the parts of one name are not two names, and a direction is of what it stands at
        ("Why does the X-Lamp throw large circles?", "However, since the X-Lamp burns in five times fewer hours, we save oil."),
        ("Why does the X-Lamp need fewer wicks than the Y-Lamp?", "The table shows that the X-Lamp gains from larger rooms."),
        ("Why do larger rooms need less lamp oil?", "Lanterns bring more lamp light the larger the room is."),
        ("Why does a small wick length help the X-Lamp?", "We increase the wick length of the X-Lamp from nine inches to ten."),
        # one word of direction tells which one is meant, another what is claimed of it
        ("Why do large rooms make candles less useful?", "In small rooms all candles were kept for the winter."),
        ("Why does increasing the wick length improve the burning time?", "Reducing the wick length saved us a candle a night."),
        ("Why do tall wicks make the burning time worse?", "The burning time got better with new oil."),
        # who is compared with whom
        ("Why does the Y-Lamp need more oil than the X-Lamp?", "The X-Lamp was lit with five times less oil than the Y-Lamp."),
        ("Why does the Y-Lamp burn more brightly?", "The X-Lamp burns less brightly than the Y-Lamp in all rooms."),
        ("Why is the X-Lamp slower to light than a candle?", "Compared to the Y-Lamp, the X-Lamp is faster to light."),
        # where
        ("Why does oil outperform gas in Ostrava?", "It was gas that outperformed oil in every village."),
        # what is said both ways is said of different things
        ("Why do clerks read worse by lamps?", "Old clerks read worse by lamps, while new clerks read better by lamps."),
        # a denial of something else, and a kind that is called after what it is not
        ("Why does the burning time get worse for tall wicks?", "The burning time that does not count the wick is shown too."),
        ("Why do smoking lamps make the rooms darker?", "For clear rooms we expect non-smoking lamps to make it easier."),
    ],
)
def test_a_true_premise_is_left_alone(question: str, line: str) -> None:
    assert not contradicts(question, line, AUTHORS)


def test_what_stands_around_a_line_tells_where_it_holds() -> None:
    question, line = "Why does oil outperform gas in Ostrava?", "It was gas that outperformed oil in every village."
    assert contradicts(question, line, AUTHORS, around="We went to Ostrava.")
    question, line = "Why is Lamp-1 more costly than Lamp-2?", "Lamp-1 is considerably less costly, since it has a single wick."
    assert contradicts(question, line, AUTHORS, around="Lamp-2 has four.")
