"""The report: an essay's answers as one web page, as Markdown, as JSON and as a bibliography.

In come answers, the essay and the works; out go four files that need no network and nothing beside them.
It may not know how an answer was found or proven.
"""

from ui.report.files import ReportFiles, write_report

__all__ = ["ReportFiles", "write_report"]
