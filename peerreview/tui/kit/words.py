"""Text that follows the cursor of a list, drawn once for all sessions that show it.

Use it only for what everybody may see: drawn lines are kept for other sessions.
"""

from typing import cast

from textual.cache import LRUCache
from textual.content import Content
from textual.geometry import Region
from textual.strip import Strip
from textual.widgets import Static

_drawn: LRUCache[object, list[Strip]] = LRUCache(256)


class Words(Static):
    """Content that reuses lines which were drawn before."""

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return the lines of a region; styles and filters are part of the cache key."""
        words, colors = cast(Content, self.visual), self.app.theme_variables
        looks = self.visual_style, *colors.items(), *map(type, self.get_line_filters())
        key = crop, self.outer_size, words.plain, *words.spans, *looks
        if key not in _drawn:
            _drawn[key] = super().render_lines(crop)
        return _drawn[key]
