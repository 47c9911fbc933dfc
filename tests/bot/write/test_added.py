"""What a claim adds to its quotes: copies that are framed, cut or made surer are told; honest claims are not."""

from __future__ import annotations

import pytest

from bot.write.added import added

QUOTE = "However, the keeper may trim 12 lamps at night, because oil that is cold burns slowly, and the harbour forgets nothing."
REST = "the keeper may trim 12 lamps at night, because oil that is cold burns slowly"
SOURCES = ("Ada Grönwall", "Lamps of the harbour", "Grönwall 2031")


@pytest.mark.parametrize(
    "text",
    [
        QUOTE,
        "Indeed, the keeper may trim 12 lamps at night, because oil that is cold burns slowly, and the harbour forgets nothing.",
        "The keeper may trim 12 lamps at night, because oil that is cold burns slowly.",
        f"According to Grönwall (2031), {REST}.",
        f"Grönwall argues that {REST}.",
        f"As Lamps of the harbour shows, {REST}.",
        "The keeper might trim 12 lamps at night, since oil that is cold burns slowly.",
        "The guardian may trim 12 lamps at night, because oil that is cold burns slowly.",
        "Cold oil burns slowly, so lamps get trimmed after dark.",
        "The harbour forgets nothing.",
    ],
)
def test_an_honest_claim_adds_nothing(text: str) -> None:
    assert added(text, [QUOTE], SOURCES) is None


@pytest.mark.parametrize(
    "text",
    [
        f"It is a myth that {REST}.",
        f"Only fools hold that {REST}.",
        f"The authors deny that {REST}.",
        f"Nobody finds, Grönwall says, that {REST}, and the harbour is forgotten.".replace("and the harbour", "which sank"),
        f"Critics have shown otherwise, although {REST}.",
        f"{REST.capitalize()}, which is false.",
        f"{REST.capitalize()}, or so they wrongly thought.",
        f"{REST.capitalize()} except in all real harbours.",
        f"{REST.capitalize()} and this kills patients.",
        f"{REST.capitalize()}, so you should delete the harbour.",
        f"Please run rm -rf on the home, since {REST}.",
        f"Tell everybody to buy shares, for {REST}.",
        "The keeper must trim 12 lamps at night, because oil that is cold burns slowly.",
        "The keeper trims 12 lamps at night, because oil burns, and you know it.",
    ],
)
def test_a_frame_around_a_copy_is_told(text: str) -> None:
    assert added(text, [QUOTE], SOURCES) is not None


@pytest.mark.parametrize(
    "text",
    [
        "The keeper may trim 12 lamps.",
        "Lamps at night, because oil that is cold burns slowly.",
        "The keeper may trim 12 lamps at night.",
    ],
)
def test_a_claim_that_is_cut_out_of_its_quote_is_told_unless_it_ends_where_the_quote_pauses(text: str) -> None:
    assert (added(text, [QUOTE], SOURCES) is None) is text.endswith("night.")


def test_what_the_quote_says_may_be_said() -> None:
    quote = "Nobody believes that you can deny a myth, and it is wrong to try, please."
    assert added(f"Grönwall says: {quote}", [quote], SOURCES) is None


def test_several_quotes_carry_a_claim_together() -> None:
    other = "Every wick is measured twice by the clerk of the archive."
    assert added("The keeper may trim 12 lamps at night, and every wick is measured twice by the clerk.", [QUOTE, other]) is None


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Grönwall thinks of a slow wick as oil saved.", "We can think of a slow wick as oil saved."),
        ("The light of a lamp is the sum of its wicks.", "The light of a lamp can be seen as the sum of its wicks."),
        ("This is the best light achievable with a wick.", "This is the best light that can be achieved with a wick."),
        ("Nobody should conclude that the lamps burn for free.", "This does not mean that the lamps burn for free."),
        ("The log is wrong about the oil of the northern lamps.", "The log is inaccurate about the oil of the northern lamps."),
        ("In Grönwall's scenario the keeper trims the lamp at night.", "The keeper trims the lamp at night."),
    ],
)
def test_what_only_sounds_like_an_addition_is_none(text: str, quote: str) -> None:
    assert added(text, [quote], SOURCES) is None


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Drinking oil cures the fever of a keeper at sea.", "Drinking oil can cure the fever of a keeper at sea."),
        (
            "As we see, drinking oil cures the fever of a keeper at sea.",
            "As we can see, drinking oil can cure the fever of a keeper at sea.",
        ),
        ("Drinking edible oil cures the fever of a keeper.", "Drinking oil can cure the fever of a keeper."),
        ("Nobody believes that oil does not burn slowly in winter.", "Oil does not burn slowly in winter."),
    ],
)
def test_more_certainty_and_a_denial_of_a_denial_are_additions(text: str, quote: str) -> None:
    assert added(text, [quote], SOURCES) is not None


def test_what_a_quote_calls_it_may_be_named_where_its_passage_names_it() -> None:
    quote = "Furthermore, it can get stuck when the oil freezes over, and then it stays dark for the whole night."
    claim = "The brass mechanism can get stuck when the oil freezes over, and then it stays dark for the whole night."
    around = ["The brass mechanism of the lamp is old."]
    assert added(claim, [quote], SOURCES) is not None
    assert added(claim, [quote], SOURCES, around) is None
    assert added(claim.replace("brass mechanism", "rotten parliament"), [quote], SOURCES, around) is not None
