"""The picture of which work speaks to which question, as a table whose dots open the evidence. Knows no page and no session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from ui.answer_html import element
from ui.printable import visible

if TYPE_CHECKING:
    from ui.report.picture import Cell, Line, Picture

DOTS = """<script>
window.pinciteDots ??= (document.addEventListener("click", (event) => {
  const dot = event.target.closest?.("[data-dot]");
  if (dot) document.querySelectorAll(".st-key-dots button")[Number(dot.dataset.dot)]?.click();
}), true);
</script>"""
"""A click on a dot presses the button that it stands for, by its place among those out of sight."""


def cell_key(question: str) -> str:
    """The key of the button that opens a question, which the rows press."""
    return f"question-{question}"


def dots(grid: Picture) -> list[tuple[str, str]]:
    """Question and work of each dot, in the order in which the table has them."""
    lines = (line for band in grid.bands for line in band.lines)
    return [(line.entry.question.id, cell.work.key) for line in lines if line.entry.question for cell in line.cells if cell.count]


def picture_html(grid: Picture) -> str:
    """The whole table."""
    heads = Markup("").join(
        element('<th scope="col">{} <br><span>{}</span></th>', visible(w.voice.replace("et al.", "et\u00a0al.")), w.year or "")
        for w in grid.works
    )
    place = {dot: number for number, dot in enumerate(dots(grid))}
    rows = []
    for band in grid.bands:
        if band.title:
            rows.append(
                element(
                    '<tr class="band"><th scope="rowgroup" colspan="{}">{}</th></tr>', len(grid.works) + 1, visible(band.title)
                )
            )
        rows += [_line(line, place) for line in band.lines]
    table = '<div class="picture" tabindex="0"><table><thead><tr><th></th>{}</tr></thead><tbody>{}</tbody></table></div>{}'
    return element(table, heads, Markup("").join(rows), _KEY)


def _line(line: Line, place: dict[tuple[str, str], int]) -> Markup:
    question = line.entry.question.id if line.entry.question else ""
    cells = Markup("").join(_cell(cell, place.get((question, cell.work.key), -1)) for cell in line.cells)
    head = '<tr><th scope="row"><button type="button" class="row" data-opens="{}">{}</button></th>{}</tr>'
    return element(head, cell_key(question), visible(line.entry.heading), cells)


def _cell(cell: Cell, place: int) -> Markup:
    cited = Markup(' class="cited"') if cell.asked else ""
    if not cell.count:
        return element("<td{}></td>", cited)
    says = f"{cell.work.label}: {cell.says}"
    dot = '<td{}><button type="button" class="dot s{} {}" data-dot="{}" title="{}" aria-label="{}">{}</button></td>'
    kind = "filled" if cell.proven else "ring"
    return element(dot, cited, cell.size, kind, place, visible(says), visible(says), cell.count)


_KEY = Markup(
    '<p class="key">A filled dot counts quotes proven in the work, a ring stands for annotations only; '
    "a line below says that the essay cites the work there. A dot opens the evidence.</p>"
)
