"""Copies of the default model's files, whole or altered."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from corpus.minilm import HASHES, model_folder

if TYPE_CHECKING:
    from pathlib import Path


def copy_model(folder: Path) -> None:
    """The model's files as links, to be replaced one by one."""
    for name in HASHES:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).symlink_to(model_folder(offline=True) / name)


def alter(path: Path) -> None:
    """Another bit in the middle of a file, which keeps its size and its time."""
    real = path.resolve()
    content = bytearray(real.read_bytes())
    content[len(content) // 2] ^= 1
    path.unlink()
    path.write_bytes(content)
    os.utime(path, ns=(real.stat().st_atime_ns, real.stat().st_mtime_ns))
