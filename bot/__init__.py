"""The read side: answers a question from the library.

In comes a question; out goes an answer in which every claim has a citation that code has proven, or an abstention.
It may not know how a work came into the library, or how anything is shown.
"""
