"""Has a language model compose claims by the prompts that answers and annotations are written with, and keeps them:
`python -m tests.fitting.compose --help`.

Every claim that is kept has quotes that stand. Whether it is true to them somebody else has to judge, who takes out what is not.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from bot.ask import ask
from bot.evaluate import read_gold
from bot.language import Budget
from bot.question import make_query
from bot.verifier import Verifier
from bot.write.annotate import sections_of
from bot.write.ask_model import request, request_notes
from bot.write.form import cleaned
from bot.write.growing import Growing
from bot.write.parse import ClaimStream
from corpus.proof import ProvenText
from corpus.settings import Settings
from tests.fitting.composed import FILE, At, Composed, Way, pieces_of, read, sum_of, write
from ui.wiring import make_embedder, make_model, make_reader

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.answers import Evidence
    from bot.language import Prompt
    from bot.reader import Reader
    from bot.write.growing import Stands

EDITION = 2
"""Of the prompts."""
TOKENS = 20_000
"""Of one request."""


def main() -> None:
    """Ask, prove, and add to the file what was not there."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--way", choices=get_args(Way), default="by the rules", help="how the model was asked to write")
    options.add_argument("--questions", type=Path, nargs="*", default=(), help="questions, as `pincite eval` reads them")
    options.add_argument("--works", nargs="*", default=(), help="keys of works to annotate")
    options.add_argument("--written", type=Path, help="a folder with what a model wrote, ID.json each, instead of asking one")
    options.add_argument("--file", type=Path, default=FILE, help="where they are kept")
    given = options.parse_args()
    settings = Settings.load()
    reader, _ = make_reader(settings)
    model = None if given.written else make_model(settings)
    if model is None and given.written is None:
        options.error("name a model: PINCITE_LLM=…, or --written DIR")
    known = read(given.file) if given.file.exists() else []
    there = {each.sum for each in known}
    verifier = Verifier(make_embedder(settings))
    for name, heading, evidence, prompt in _requests(reader, given.questions, given.works):
        file = given.written / f"{name}.json" if given.written else None
        if file is not None and not file.exists():
            continue
        stream = ClaimStream()
        written = [file.read_text(encoding="utf-8")] if file else model.write(prompt) if model else ()
        growing = Growing(reader, evidence, verifier, 0.0, heading)
        proposed = [each for piece in written for each in stream.feed(piece)]
        for each in proposed:
            stands = growing.proven(each) if each else []
            made = _composed(reader, name, given.way, cleaned(each.text) if each else "", stands)
            if made is not None and made.sum not in there:
                known.append(made)
                there.add(made.sum)
        print(f"{name}: {len(proposed)} claims written, {len(known)} kept by now")
    write(known, given.file)


def _requests(
    reader: Reader, questions: Sequence[Path], works: Sequence[str]
) -> Iterator[tuple[str, str, Sequence[Evidence], Prompt]]:
    """Name, question or title, passages and prompt of each request."""
    known = [record.work for record in reader.works().values()]
    for file in questions:
        for gold in read_gold(file.read_text(encoding="utf-8").splitlines()):
            query = make_query(gold.question, known=known)
            evidence = ask(reader, query).evidence
            yield gold.id, query.text, evidence, request(query.text, evidence, Budget(TOKENS)).prompt
    for key in works:
        for number, evidence in enumerate(sections_of(reader, key), start=1):
            work = evidence[0].work
            asked = request_notes(f"{work.label}, {work.title}", evidence, Budget(TOKENS))
            yield f"note-{key}-{number:02}", work.title, evidence, asked.prompt


def _composed(reader: Reader, name: str, way: Way, text: str, stands: Sequence[Stands]) -> Composed | None:
    """A claim as it is kept; None where no quote of it stands, or none can be found again by its ends."""
    places, quotes = [], []
    for each in stands:
        quote = each.citation.quote
        if quote is None:
            return None
        page = reader.library.page(quote.document, quote.position)
        ends = ProvenText(page.text).fragment_for(quote.text, quote.span, shortest=True)
        if ends is None:
            return None
        places.append(At(each.citation.work.key, quote.position, *ends))
        quotes.append(page.read(quote.span))
    if not quotes:
        return None
    return Composed(name, way, pieces_of(text, quotes), tuple(places), sum_of(text), EDITION)


if __name__ == "__main__":
    main()
