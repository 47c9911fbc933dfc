"""Numbers and units of a claim against its quotes: to the digit, in whatever form."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bot.verifier.binding import exchanged_numbers
from bot.verifier.faults import NUMBERS_EXCHANGED
from bot.verifier.number_faults import number_faults
from bot.verifier.numbers import quantities_of


def wrong(claim: str, *quotes: str) -> list[tuple[str, str]]:
    return [(fault.kind, fault.words) for fault in number_faults(claim, quotes)]


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        ("Three lamps went out.", "In all, 3 lamps went out that night."),
        ("It held 1,024 lamps.", "We counted 1024 lamps."),
        ("It held 1 024 lamps.", "We counted 1,024 lamps."),
        ("About 25 keepers stayed.", "Twenty-five keepers stayed on."),
        ("It cost 2.5 million dollars.", "The price was $2,500,000."),
        ("A share of 0.87 stayed lit.", "87 % of them stayed lit."),
        ("87 percent stayed lit.", "87% stayed lit."),
        ("Between 85 and 87 % stayed lit.", "From 85 to 87 per cent of all lamps stayed lit."),
        ("A flash lasts 1.5 s.", "Each flash lasts 1500 ms."),
        ("A flash lasts 1.5 seconds.", "Each flash lasts 1.5 s."),
        ("The beam reaches 12 km.", "The beam reaches 12,000 metres."),
        ("It was the fifth winter.", "It was the 5th winter."),
        ("It was lit on 9 April 2011.", "On April 9, 2011 it was lit."),
        ("It was lit on 9 April.", "Lit 2011-04-09 by the keeper."),
        ("The 2018–19 season was dark.", "The season 2018-2019 was dark."),
        ("It burned a hundred times more oil.", "It burned two orders of magnitude more oil."),
        ("Two lamps were lit.", "Both lamps were lit."),
        ("One can see it from the harbour.", "It is seen from the harbour."),
        ("The model has 175B parameters.", "With 175 billion parameters, the model is large."),
        ("As Figure 3 shows, it works.", "See Figure 3: it works."),
        ("It needs 10^6 tokens.", "It needs one million tokens."),
        ("Millions of moths came.", "Some 2.4 million moths came."),
        ("The loss was -0.5.", "We measured a loss of -0.5."),
        ("It runs 24/7.", "It runs 24/7 all year."),
        ("They burned for 4,000 nights.", "They burned for 4, 000 nights, as it is set there."),
        ("With k = 2, 2 both runs are lit.", "Both runs, with k = 2, 2, are lit."),
    ],
)
def test_the_same_number_in_another_form_is_fine(claim: str, quote: str) -> None:
    assert wrong(claim, quote) == []


@pytest.mark.parametrize(
    ("claim", "quote", "kind", "words"),
    [
        ("87 % stayed lit.", "85 % stayed lit.", "number", "87 %"),
        ("It was lit in 2021.", "It was lit in 2022.", "number", "2021"),
        ("It found 3 faults.", "Figure 3 shows the faults.", "number", "3"),
        ("As Figure 3 shows, it works.", "Figure 4 shows that 3 work.", "number", "3"),
        ("The rate is 15.", "The rate is 1.5.", "number", "15"),
        ("The rate is 1.5.", "The rate is 15.", "number", "1.5"),
        ("It cost 2 billion dollars.", "It cost 2 million dollars.", "number", "2 billion dollars"),
        ("A flash lasts 15 ms.", "A flash lasts 15 s.", "unit", "15 ms"),
        ("It took 12 months.", "It took 12 days.", "unit", "12 months"),
        ("87 stayed lit.", "87 % stayed lit.", "unit", "87"),
        ("87 % stayed lit.", "Of these, 87 stayed lit.", "unit", "87 %"),
        ("Four lamps went out.", "Three lamps went out.", "number", "Four"),
        ("One lamp went out.", "Three lamps went out.", "number", "One"),
        ("It was the sixth winter.", "It was the fifth winter.", "number", "sixth"),
        ("It was lit on 2 April 2011.", "On 2 March the keeper came; on 9 April 2011 it was lit.", "number", "2"),
        ("It was lit on 9 April 2012.", "Lit on April 9, 2011, it burned until May 2012.", "number", "2012"),
        ("It was lit on May 36.", "On May 10 and with 36 lamps, it was lit.", "number", "36"),
        ("People of 55 months came.", "All 55- and 65-year-old people came.", "unit", "55 months"),
        ("It fell by 35 %.", "At 6:35 it had fallen by 13 percent.", "unit", "35 %"),
        ("The share is 88 %.", "The share is 0.87.", "number", "88 %"),
        ("The loss was 0.5.", "The loss was -0.5.", "number", "0.5"),
        ("It burned a thousand times more.", "It burned two orders of magnitude more.", "number", "thousand times"),
        ("It needs 10^7 tokens.", "It needs 10^6 tokens.", "number", "10^7"),
        ("Thousands of moths came.", "Some 2.4 million moths came.", "number", "Thousands"),
        ("See the 12 lamps.", "See the lamps [12].", "number", "12"),
    ],
)
def test_another_number_is_a_fault(claim: str, quote: str, kind: str, words: str) -> None:
    assert wrong(claim, quote) == [(kind, words)]


def test_digits_of_a_name_are_no_number() -> None:
    assert quantities_of("GPT-3 and T6SS, A769662, COVID-19 and version 0.9.2") == ()


def test_a_year_of_the_source_may_be_said() -> None:
    assert number_faults("In 2017 the keepers wrote this.", ["We write this."], ["2017", "A title with 5 words"]) == []
    assert [
        fault.words for fault in number_faults("All 5 wrote this.", ["We write this."], ["2017", "A title with 5 words"])
    ] == ["5"]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("11·9 million", "11900000", ""),
        ("$3.5bn", "3.5E+9", "usd"),
        ("two hundred and five", "205", ""),
        ("3 × 10^5", "300000", ""),
        ("−4 °C", "-4", "°C"),
        ("12 µm", "12", "µm"),
        ("7 percentage points", "7", "percentage points"),
    ],
)
def test_what_a_number_is_worth(text: str, value: str, unit: str) -> None:
    (quantity,) = quantities_of(text)
    assert quantity.value == Decimal(value)
    assert quantity.unit == unit


def test_a_fault_says_what_is_wrong_and_what_stands_there() -> None:
    (number,) = number_faults("12 % stayed lit.", ["13 % stayed lit."])
    assert number.message == "“12 %” does not stand in the quote."
    (unit,) = number_faults("It took 12 months.", ["It took 12 days."])
    assert unit.message == "“12 months” stands in the quote with another unit: there it is “12 days”."


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        ("With k = 4, 4 it is lit.", "With k = 2, 4 it is lit."),
        ("The runs have 3 and 3 lamps.", "The runs have 3 and 5 lamps."),
        ("The other two lamps are dim.", "The other three lamps are dim."),
    ],
)
def test_a_number_that_takes_its_neighbours_place_is_wrong(claim: str, quote: str) -> None:
    assert [kind for kind, _ in wrong(claim, quote)] == ["number"]


def exchanged(claim: str, *quotes: str) -> bool:
    return any(rival.better >= NUMBERS_EXCHANGED for rival in exchanged_numbers(claim, quotes))


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        ("Lumen scores 5.3% and Candela 9.3%.", "Candela scores 9.3%, and Lumen 5.3%."),
        (
            "Lumen burned 256 hours in spring and 512 in autumn.",
            "In spring Lumen burned 256 hours, while it burned 512 in autumn.",
        ),
        ("Runs took 7 nights on Orm and 5 on Vik.", "We set 7 and 5 nights for Orm and Vik respectively."),
        ("One of two lamps is lit.", "There are two lamps. The one at sea is lit."),
        ("It has 12 lamps and 3 keepers.", "Three keepers tend its 12 lamps."),
    ],
)
def test_two_numbers_in_their_own_places_are_fine(claim: str, quote: str) -> None:
    assert not exchanged(claim, quote)


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        ("Lumen scores 9.3% and Candela 5.3%.", "Candela scores 9.3%, and Lumen 5.3%."),
        ("Both improve by 9.3% and 5.3% over the wick.", "Both improve by 5.3% and 9.3% over the wick."),
        ("Lumen burned 512 hours in spring and 256 in autumn.", "Lumen burned 256 hours in spring and 512 in autumn."),
        ("On Orm and Vik it gains 10% and 34% of light.", "On Orm and Vik it gains 34% and 10% of light."),
    ],
)
def test_two_numbers_in_each_others_place_are_told(claim: str, quote: str) -> None:
    assert exchanged(claim, quote)
