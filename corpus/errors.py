"""Every error that Pincite raises on purpose.

Knows no library: foreign exceptions are translated where they enter, at the adapter that called the library.

    PinciteError
    ├── SettingsError            a flag or PINCITE_* variable has no sense
    ├── HomeError                the home folder
    │   ├── HomeNotWritable
    │   ├── DiskFull
    │   ├── LibraryBusy          another process is writing
    │   ├── LibraryDamaged       the SQLite file cannot be read
    │   └── ConversationDamaged  the file of a kept conversation cannot be read
    ├── IndexUnusable            the index cannot be opened, and mending it failed
    ├── EmbedderError
    │   ├── ModelUnavailable     weights missing, altered or unreachable
    │   └── EmbedderMismatch     the library's vectors come from another model
    ├── CatalogueError           works.bib, an essay or annotation file is malformed
    ├── UnknownWork              no work has this key
    ├── UnknownConversation      no conversation of this id is kept
    ├── QuestionError            empty, or longer than anyone asks
    ├── SavedAnswerError         a file given to `verify` is not a saved answer
    ├── SourceError              one file or address could not be taken in
    │   ├── SourceMissing        no such file, or it cannot be read
    │   ├── UnsupportedFormat
    │   ├── NotWhatItClaims      its bytes are not what its name says
    │   ├── EncryptedDocument
    │   ├── EmptyDocument        no bytes, or no pages
    │   ├── NoTextLayer          pages without text: a scan
    │   ├── DamagedDocument
    │   ├── WrongEncoding
    │   └── ExtractionLimit      too slow, too large, or too hungry
    ├── FetchError
    │   ├── Offline              PINCITE_OFFLINE forbids it
    │   ├── Unreachable          no answer, or an error of the server
    │   └── Refused              the server said no, or sent something else
    └── LanguageModelError       the language model that was named; the library answers without it
        ├── MissingProvider      the package that speaks to it is not installed
        ├── MissingKey           no key, or one that the provider does not take
        ├── UnknownModel         the provider has no such model
        ├── ModelUnreachable     no answer in time, an error of the server, or offline
        ├── ModelRefused         the provider said no
        ├── BudgetExceeded       more tokens than are allowed
        └── ModelFailed          it answered, with nothing that can be used
"""

from __future__ import annotations


class PinciteError(Exception):
    """An error that a person can act on: a short letter.

    `message` says what failed and why, `remedy` what to do now; `facts` are for a script.
    """

    def __init__(self, message: str, *, remedy: str, **facts: str | int | float | None) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy
        self.facts = facts

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}".strip()


class SettingsError(PinciteError):
    """A flag or PINCITE_* variable has no sense."""


class HomeError(PinciteError):
    """Something is wrong with the home folder."""


class HomeNotWritable(HomeError):
    """The home cannot be created or written."""


class DiskFull(HomeError):
    """The disk that holds the home has no room left; what was stored before is intact."""


class LibraryBusy(HomeError):
    """Another process holds the writer's lock."""


class LibraryDamaged(HomeError):
    """The SQLite file is not a library, or cannot be read."""


class ConversationDamaged(HomeError):
    """The file of a kept conversation is not in the form that it was written in; all others are unaffected."""


class IndexUnusable(PinciteError):
    """The index cannot be opened, and building it anew failed."""


class EmbedderError(PinciteError):
    """The embedding model."""


class ModelUnavailable(EmbedderError):
    """Weights are missing, altered or cannot be reached."""


class EmbedderMismatch(EmbedderError):
    """The library's vectors come from another model than the one asked for."""


class CatalogueError(PinciteError):
    """A reviewed file (works.bib, an essay, annotations) is malformed."""


class UnknownWork(PinciteError):
    """No work has this key."""


class UnknownConversation(PinciteError):
    """No conversation of this id is kept in the home."""


class QuestionError(PinciteError):
    """A question that is empty, or longer than anyone asks."""


class SavedAnswerError(PinciteError):
    """A file given to `verify` is not a saved answer."""


class SourceError(PinciteError):
    """One file or address could not be taken in; all others are unaffected."""


class SourceMissing(SourceError):
    """There is no such file, or it cannot be read."""


class UnsupportedFormat(SourceError):
    """No extractor knows this format."""


class NotWhatItClaims(SourceError):
    """The bytes are not what the name says."""


class EncryptedDocument(SourceError):
    """A password is needed."""


class EmptyDocument(SourceError):
    """No bytes, or no pages."""


class NoTextLayer(SourceError):
    """There are pages, but no text on them: a scan."""


class DamagedDocument(SourceError):
    """The file breaks off or contradicts itself."""


class WrongEncoding(SourceError):
    """A text file that is not text in any encoding we can tell."""


class ExtractionLimit(SourceError):
    """Reading took more time, memory or output than is allowed."""


class FetchError(PinciteError):
    """The network."""


class Offline(FetchError):
    """PINCITE_OFFLINE forbids every attempt."""


class Unreachable(FetchError):
    """No answer in time, or an error on the server's side."""


class Refused(FetchError):
    """The server said no, or sent something else than was asked for."""


class LanguageModelError(PinciteError):
    """The language model that was named; an answer is given without it."""


class MissingProvider(LanguageModelError):
    """The package that speaks to this provider is not installed."""


class MissingKey(LanguageModelError):
    """There is no key, or the provider does not take it."""


class UnknownModel(LanguageModelError):
    """The provider has no model of this name, or there is no such file."""


class ModelUnreachable(LanguageModelError):
    """No answer in time, an error on the server's side, or no network allowed."""


class ModelRefused(LanguageModelError):
    """The provider said no: to this request, or to more of them."""


class BudgetExceeded(LanguageModelError):
    """More tokens would be read and written than the settings allow."""


class ModelFailed(LanguageModelError):
    """The model answered, and nothing of it can be used."""
