"""Language models: any that LlamaIndex speaks to, behind one verb.

In comes a prompt; out comes what the model writes, piece by piece, or a `LanguageModelError`.
It may not know any question, any work, or what becomes of the words.
"""

from bot.language.budget import Budget
from bot.language.model import LanguageModel, Prompt
from bot.language.spec import ModelSpec, parse_spec

__all__ = ["Budget", "LanguageModel", "ModelSpec", "Prompt", "parse_spec"]
