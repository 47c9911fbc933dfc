"""Words for numbers and units. Knows no text."""

from __future__ import annotations

from decimal import Decimal

ONES = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen".split()
    )
}
TENS = {word: 10 * place for place, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
MAGNITUDES = {"hundred": 2, "thousand": 3, "million": 6, "billion": 9, "trillion": 12, "bn": 9}
"""Powers of ten."""
ORDINALS = {
    word: value
    for value, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
        "sixteenth seventeenth eighteenth nineteenth twentieth".split(),
        1,
    )
}
VAGUE = {
    "dozens": 12, "tens": 10, "hundreds": 100, "thousands": 1000, "millions": 10**6, "billions": 10**9, "trillions": 10**12,
}  # fmt: skip
"""Orders of magnitude."""
REFERENCES = (
    "figure|fig|table|tab|section|sec|chapter|chap|appendix|equation|eq|eqn|page|pp|p|theorem|lemma|proposition|definition|algorithm|"
    "footnote|line|step|panel|box|supplement|ref|reference|example|experiment"
)
"""Words before a number that only says which."""


def _family(dimension: str, **factors: str) -> dict[str, tuple[str, Decimal]]:
    return {
        name: (dimension, Decimal(factor)) for names, factor in factors.items() for name in names.replace("_", " ").split(" ")
    }


UNITS: dict[str, tuple[str, Decimal]] = {
    **_family("time", ns_nanosecond="1e-9", us_microsecond="1e-6", ms_millisecond_msec="1e-3", s_sec_second="1", min_minute="60"),
    **_family("time", h_hr_hour="3600", day="86400", week="604800"),
    "µs": ("time", Decimal("1e-6")),
    **_family("years", month_mo="1", year_yr="12", decade="120", century="1200"),
    **_family("length", nm_nanometer_nanometre="1e-9", mm_millimeter_millimetre="1e-3", cm_centimeter_centimetre="1e-2"),
    **_family("length", m_meter_metre="1", km_kilometer_kilometre="1e3", micrometer_micrometre_micron_um="1e-6"),
    "µm": ("length", Decimal("1e-6")),
    **_family("mass", ng_nanogram="1e-9", mg_milligram="1e-3", g_gram="1", kg_kilogram_kilo="1e3", tonne="1e6"),
    "µg": ("mass", Decimal("1e-6")),
    **_family("size", byte="1", kb_kB_KB_kilobyte="1e3", MB_megabyte="1e6", GB_gigabyte="1e9", TB_terabyte="1e12"),
    **_family("bits", bit="1"),
    **_family("frequency", Hz_hertz="1", kHz_kilohertz="1e3", MHz_megahertz="1e6", GHz_gigahertz="1e9"),
    **_family("power", W_watt="1", kW_kilowatt="1e3", MW_megawatt="1e6"),
    **_family("volume", ml_mL_milliliter_millilitre="1e-3", l_L_liter_litre="1"),
    **_family("foot", ft_foot_feet="1"),
    **{name: ("%", Decimal(1)) for name in ("%", "percent", "per cent", "pct")},
    **{name: ("points", Decimal(1)) for name in ("percentage point", "percentage points")},
    "‰": ("%", Decimal("0.1")),
    **{name: (name, Decimal(1)) for name in ("mile", "inch", "yard", "acre", "hectare", "pound", "ounce", "gallon", "ton")},
    **{name: ("fold", Decimal(1)) for name in ("fold", "times", "×", "x")},
    **{name: ("usd", Decimal(1)) for name in ("usd", "dollar", "US dollars")},
    **{name: ("eur", Decimal(1)) for name in ("eur", "euro")},
    **{name: ("gbp", Decimal(1)) for name in ("gbp", "sterling")},
    **{
        name: (name, Decimal(1))
        for name in ("°", "°C", "°F", "° C", "° F", "degree", "epoch", "kcal", "dB", "Da", "kDa", "M", "mM", "nM")
    },
}
"""Unit to dimension and factor. Months are no number of days, so years are a dimension of their own."""
