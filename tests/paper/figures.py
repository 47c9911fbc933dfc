"""The drawn parts of the test paper: a figure with words in it, a table, an equation, a stamp."""

from __future__ import annotations

import itertools
from typing import Any

from tests.paper import words
from tests.paper.hyphens import HYPHENS
from tests.paper.press import BOLD, ITALIC, ROMAN, SANS, draw_line, ligated, lines_of, words_of


def _caption(canvas: Any, text: str, x: float, y: float, width: float) -> float:
    for line in lines_of(words_of((text,), -1), width, 8.6, HYPHENS):
        y -= 10
        draw_line(canvas, line, x, y, width, 8.6, justify=False)
    return y


def figure(canvas: Any, x: float, y: float, width: float) -> tuple[float, str]:
    """Two curves over the weeks of a winter; gives the place below its caption, and the caption."""
    height, left = 118.0, x + 24
    floor, right = y - height, x + width - 4
    hours, week, reading, writing, lamp = words.FIGURE_WORDS
    canvas.setLineWidth(0.7)
    canvas.line(left, floor, right, floor)
    canvas.line(left, floor, left, y - 6)
    canvas.setFont(SANS, 6.5)
    for step in range(5):
        level = floor + step * 25
        canvas.drawRightString(left - 3, level - 2, str(step * 4))
        canvas.line(left - 2, level, left, level)
    for number in range(1, 13, 2):
        canvas.drawCentredString(left + number * (right - left) / 13, floor - 9, str(number))
    canvas.drawCentredString((left + right) / 2, floor - 18, week)
    canvas.saveState()
    canvas.translate(x + 5, (floor + y) / 2 - 20)
    canvas.rotate(90)
    canvas.drawString(0, 0, hours)
    canvas.restoreState()
    rising = (5.0, 7.5, 11.0, 12.5, 13.2, 13.9, 14.1, 14.4, 14.2, 14.8, 15.0, 15.2)
    flat = (2.1, 2.3, 2.0, 2.2, 1.9, 2.1, 2.0, 1.8, 2.1, 2.0, 1.9, 2.0)
    for values, grey, label in ((rising, 0.1, reading), (flat, 0.55, writing)):
        canvas.setStrokeGray(grey)
        canvas.setLineWidth(1.2)
        points = [
            (left + (week_number + 1) * (right - left) / 13, floor + value * 6.25) for week_number, value in enumerate(values)
        ]
        for (x0, y0), (x1, y1) in itertools.pairwise(points):
            canvas.line(x0, y0, x1, y1)
        canvas.setFillGray(grey)
        canvas.drawRightString(points[-1][0], points[-1][1] + 6, label)
    canvas.setFillGray(0)
    canvas.setStrokeGray(0.6)
    canvas.setDash(2, 2)
    canvas.line(left + 14, floor, left + 14, y - 16)
    canvas.setDash()
    canvas.setStrokeGray(0)
    canvas.drawString(left + 17, y - 20, lamp)
    return _caption(canvas, words.FIGURE_CAPTION, x, floor - 22, width) - 12, words.FIGURE_CAPTION


def table(canvas: Any, x: float, y: float, width: float) -> tuple[float, str]:
    """Nine archives under three rules; gives the place below it, and its caption."""
    y = _caption(canvas, words.TABLE_CAPTION, x, y, width) - 6
    stops = (x + 2, x + width * 0.34, x + width * 0.78, x + width - 2)

    def rule(thick: float) -> None:
        canvas.setLineWidth(thick)
        canvas.line(x, y, x + width, y)

    rule(0.9)
    for number, row in enumerate((words.TABLE_HEAD, *words.TABLE_ROWS)):
        y -= 11.5
        canvas.setFont(BOLD if number == 0 else ROMAN, 8.6)
        for column, (stop, cell) in enumerate(zip(stops, row, strict=True)):
            draw = canvas.drawRightString if column > 1 else canvas.drawString
            draw(stop, y, ligated(cell))
        if number == 0:
            y -= 4
            rule(0.5)
    y -= 5
    rule(0.9)
    return y - 16, words.TABLE_CAPTION


def equation(canvas: Any, x: float, y: float, width: float, formula: str, number: str) -> None:
    """A displayed formula with its number at the right."""
    canvas.setFont(ITALIC, 10)
    canvas.drawCentredString(x + width / 2, y - 18, formula)
    canvas.setFont(ROMAN, 9.6)
    canvas.drawRightString(x + width, y - 18, number)


def stamp(canvas: Any, text: str) -> None:
    """A grey stamp that runs up the left margin, as preprint servers set it."""
    canvas.saveState()
    canvas.setFillGray(0.45)
    canvas.translate(24, 200)
    canvas.rotate(90)
    canvas.setFont(ROMAN, 13)
    canvas.drawString(0, 0, text)
    canvas.restoreState()
