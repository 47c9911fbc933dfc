"""The write side: takes works into the library.

In come files and addresses; out go documents, passages and vectors in the library, and events that say what happened.
It may not know how a question is answered, or how anything is shown.
"""
