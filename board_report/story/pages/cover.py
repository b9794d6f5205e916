"""The cover: whose report, for which quarter, what is in it, and every incident of two years."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    pass

_HEIGHT_OF_PICTURE = 190
