"""Holding what is written against its JSON Schema: each schema is checked itself once, and compiled once."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from jsonschema import Draft202012Validator

from bot.answer_json import schema as answer_schema

if TYPE_CHECKING:
    from collections.abc import Callable


@cache
def validator(schema: Callable[[], dict[str, Any]] = answer_schema) -> Draft202012Validator:
    """Of answers, or of what another function's schema is of."""
    Draft202012Validator.check_schema(schema())
    return Draft202012Validator(schema())
