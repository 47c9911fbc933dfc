"""The picture of which work speaks to which question, as a table whose dots open the answers. Knows no page and no session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from ui.answer_html import element
from ui.printable import visible

if TYPE_CHECKING:
    from ui.report.picture import Cell, Line, Picture


def cell_key(question: str) -> str:
    """The key of the button that opens a question, which the dots press."""
    return f"question-{question}"


def picture_html(grid: Picture) -> str:
    """The whole table."""
    heads = Markup("").join(
        element('<th scope="col">{} <br><span>{}</span></th>', visible(w.voice), w.year or "") for w in grid.works
    )
    rows = []
    for band in grid.bands:
        if band.title:
            rows.append(
                element(
                    '<tr class="band"><th scope="rowgroup" colspan="{}">{}</th></tr>', len(grid.works) + 1, visible(band.title)
                )
            )
        rows += [_line(line) for line in band.lines]
    table = '<div class="picture" tabindex="0"><table><thead><tr><th></th>{}</tr></thead><tbody>{}</tbody></table></div>{}'
    return element(table, heads, Markup("").join(rows), _KEY)


def _line(line: Line) -> Markup:
    name = cell_key(line.entry.question.id if line.entry.question else "")
    cells = Markup("").join(_cell(cell, name) for cell in line.cells)
    head = '<tr><th scope="row"><button type="button" class="row" data-opens="{}">{}</button></th>{}</tr>'
    return element(head, name, visible(line.entry.heading), cells)


def _cell(cell: Cell, name: str) -> Markup:
    cited = Markup(' class="cited"') if cell.asked else ""
    if not cell.count:
        return element("<td{}></td>", cited)
    says = f"{cell.work.label}: {cell.says}"
    dot = '<td{}><button type="button" class="dot s{} {}" data-opens="{}" title="{}" aria-label="{}">{}</button></td>'
    kind = "filled" if cell.proven else "ring"
    return element(dot, cited, cell.size, kind, name, visible(says), visible(says), cell.count)


_KEY = Markup(
    '<p class="key">A filled dot counts quotes proven in the work, a ring stands for annotations only; '
    "a line below says that the essay cites the work there.</p>"
)
