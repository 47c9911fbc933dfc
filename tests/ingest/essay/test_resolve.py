"""Which reference is which work, and which marks mean it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from corpus.errors import Refused, Unreachable
from corpus.works import Author, Identifiers, Work
from ingest.essay.mentions import Listed, mentioned
from ingest.essay.resolve import alike, find_known, key_of
from ingest.essay.writing import Block, Link
from tests.ingest.essay.made import draft

if TYPE_CHECKING:
    from collections.abc import Sequence

HALE = Work(
    "hale-2030",
    "Light on Small Harbours",
    (Author("Hale", "Ada"), Author("Brook", "Otto")),
    2030,
    identifiers=Identifiers(arxiv="3001.00001"),
)
LAMP4 = Work("lab-2031", "Lamp 4: A Report", (Author("MoleLab"),), 2031)
ESSAY = "On Lamps\n\nDo lamps need oil [1]?\n\nReferences\n\n{}\n"


class Registry:
    """A registry that knows these works, or fails."""

    def __init__(self, *works: Work, failure: Exception | None = None) -> None:
        self.works, self.failure, self.asked = works, failure, 0

    def by_identifier(self, identifiers: Identifiers) -> Work | None:
        """The work with this arXiv id."""
        self._answer()
        return next((work for work in self.works if work.identifiers.arxiv == identifiers.arxiv), None)

    def by_title(self, title: str) -> Sequence[Work]:
        """All of them."""
        self._answer()
        return self.works

    def _answer(self) -> None:
        self.asked += 1
        if self.failure is not None:
            raise self.failure


@pytest.mark.parametrize(
    "reference",
    [
        "[1] Somebody (2001). Some title. https://arxiv.org/abs/3001.00001v3",
        "[1] Hale, A. & Brook, O. (2030). Light on small harbours. Press.",
        "[1] Hale, A. & Brook, O. (2031). Light on small harbors. Press.",
        "[1] https://arxiv.org/pdf/3001.00001",
    ],
)
def test_a_reference_is_the_known_work(reference: str) -> None:
    found = draft(ESSAY.format(reference), known=[LAMP4, HALE])
    assert (found.essay.references, found.new, found.essay.questions[0].cites) == (("hale-2030",), (), ("hale-2030",))


@pytest.mark.parametrize(
    "reference",
    [
        "[1] Hale, A. (2030). Light on small harbours. arXiv:2901.99999.",
        "[1] Quill, R. (2030). Light on small harbours. Press.",
        "[1] Hale, A. (2030). Light on large harbours. Press.",
        "[1] MoleLab (2031). Lamp 5: A Report.",
    ],
)
def test_what_only_resembles_a_known_work_is_another(reference: str) -> None:
    found = draft(ESSAY.format(reference), known=[HALE, LAMP4])
    assert len(found.new) == 1
    assert found.essay.references == (found.new[0].key,)
    assert found.new[0].key not in (HALE.key, LAMP4.key)


def test_titles_agree_to_a_slip_but_digit_for_digit() -> None:
    assert alike("Light on Small Harbours", "light on small harbors")
    assert not alike("Lamp 4: A Report", "Lamp 5: A Report")
    assert not alike("", "")


def test_what_states_no_work_is_listed_and_nothing_is_made_of_it() -> None:
    found = draft(ESSAY.format("[1] Talks with the keeper, on the mole.\n\n[2] https://lamps.example.org/a"))
    assert [each.text for each in found.unresolved] == ["Talks with the keeper, on the mole.", "https://lamps.example.org/a"]
    assert all(each.reason for each in found.unresolved)
    assert (found.new, found.essay.references, found.essay.questions[0].cites) == ((), (), ())


def test_a_registry_gives_the_identifier_of_what_has_none() -> None:
    found = draft(
        ESSAY.format("[1] Hale, A. (2030). Light on small harbours. Press."), look_up=Registry(LAMP4, replace(HALE, key=""))
    )
    assert found.new == (HALE,)


def test_a_registrys_near_miss_is_not_taken() -> None:
    other = replace(HALE, key="", title="Light on Small Islands")
    found = draft(ESSAY.format("[1] Hale, A. (2030). Light on small harbours. Press."), look_up=Registry(other))
    assert found.new[0].identifiers == Identifiers()


def test_a_registry_names_what_is_only_linked() -> None:
    text = "# Lamps\n\nDo lamps need oil, as [they say](https://arxiv.org/abs/3001.00001)?\n"
    assert draft(text, "lamps.md", look_up=Registry(HALE)).new == (HALE,)
    assert draft(text, "lamps.md").new[0].title == "arXiv:3001.00001"


def test_a_registrys_other_title_is_a_mistake_to_look_at() -> None:
    other = replace(HALE, key="", title="The Chemistry of Lamp Oil")
    named = draft(
        "# Lamps\n\nDo lamps need oil, as [Mills Without Water](https://arxiv.org/abs/3001.00001) says?\n",
        "lamps.md",
        look_up=Registry(other),
    )
    assert named.new[0].title == "Mills Without Water"
    assert any("is that of “The Chemistry of Lamp Oil”" in note for note in named.notes)


def test_a_registry_that_cannot_be_reached_is_asked_once() -> None:
    registry = Registry(failure=Unreachable("No answer.", remedy="Wait."))
    found = draft(ESSAY.format("[1] Hale, A. (2030). Light. P.\n\n[2] Brook, O. (2029). Mills. P."), look_up=registry)
    assert registry.asked == 1
    assert [work.key for work in found.new] == ["hale-2030", "brook-2029"]
    assert any("No answer" in note for note in found.notes)


def test_a_registry_that_does_not_know_a_work_is_asked_for_the_next() -> None:
    registry = Registry(failure=Refused("Unknown.", remedy="Check."))
    draft(ESSAY.format("[1] Hale, A. (2030). Light. P.\n\n[2] Brook, O. (2029). Mills. P."), look_up=registry)
    assert registry.asked == 2


def test_bibtex_at_the_end_is_a_list_of_references_but_the_essay_is_not_its_own() -> None:
    text = (
        "# On Lamps\n\nDo lamps need oil [@hale30]?\n\n## References\n\n```bibtex\n@article{hale30,\n  title = "
        "{Light},\n  author = {Hale, Ada},\n"
        "  year = 2030\n}\n@misc{me, title = {On Lamps}, author = {Me}}\n```\n"
    )
    found = draft(text, "lamps.md")
    assert [work.key for work in found.new] == ["hale30"]
    assert found.essay.questions[0].cites == ("hale30",)


def test_keys_are_made_of_author_and_year_and_never_twice() -> None:
    found = draft(
        ESSAY.format("[1] Øst, A. (2030). Light. P.\n\n[2] Øst, A. (2030). Mills. P.\n\n[3] Dark (2031). P. https://a.example/x")
    )
    assert [work.key for work in found.new][:2] == ["ost-2030", "ost-2030-b"]
    assert key_of(Work("", "The light of the mole at night", year=2030)) == "light-mole-night-2030"


def test_find_known_does_not_go_by_title_against_an_identifier() -> None:
    assert find_known(replace(HALE, identifiers=Identifiers(arxiv="2901.99999")), [HALE]) is None
    assert find_known(replace(HALE, identifiers=Identifiers()), [HALE]) == HALE


REFERENCES = (
    Listed(Work("hale-2030", "L", (Author("Hale", "A."), Author("Brook", "O.")), 2030), "1"),
    Listed(Work("hale-2030-b", "M", (Author("Hale", "A."), Author("Quill", "R.")), 2030), "2"),
    Listed(Work("wit-2028", "N", (Author("de Wit", "P."),), 2028, identifiers=Identifiers(arxiv="2801.00001")), "3", "a"),
    Listed(Work("wit-2028-b", "O", (Author("de Wit", "P."),), 2028), "ha", "b"),
)


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("Light[1].", ["hale-2030"]),
        ("Light [1, 3].", ["hale-2030", "wit-2028"]),
        ("Light [1]-[3].", ["hale-2030", "hale-2030-b", "wit-2028"]),
        ("Light [1–3].", ["hale-2030", "hale-2030-b", "wit-2028"]),
        ("Light.[^ha]", ["wit-2028-b"]),
        ("Light is old.³", ["wit-2028"]),
        ("As said (Hale & Brook, 2030).", ["hale-2030"]),
        ("As said (Hale and Quill 2030; de Wit, 2028b).", ["hale-2030-b", "wit-2028-b"]),
        ("Hale et al. (2030) say so.", ["hale-2030", "hale-2030-b"]),
        ("De Wit in 2031 and Hale in 1999.", []),
        ("The whale of 2030 (see 11).", []),
        ("In 2030, de Wit (2028a) spoke.", ["wit-2028"]),
    ],
)
def test_a_mark_means_its_reference(text: str, keys: list[str]) -> None:
    assert list(mentioned([Block("paragraph", text)], REFERENCES)) == keys


def test_a_link_means_the_work_behind_it() -> None:
    block = Block("paragraph", "as here", links=(Link("here", "https://arxiv.org/pdf/2801.00001v2"),))
    assert mentioned([block], REFERENCES) == ("wit-2028",)
