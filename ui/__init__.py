"""The only place that prints, draws, or chooses which adapter stands behind a seam.

In come flags, clicks and settings; out go answers, reports and messages for people and scripts.
It may not know how anything is found, proven or stored: it puts `ingest` and `bot` in sequence.
"""
