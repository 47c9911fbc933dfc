"""The nouns and the shelf: works, documents and places, proof of a quote, the library and its index.

In come works, pages, passages and vectors; out go the same nouns, and proof that words stand where a citation says.
It may not know how a file is read, how a question is answered, or how anything is shown.
"""
