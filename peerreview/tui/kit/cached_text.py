"""Text whose drawn lines are kept, so that all sessions that show it draw it once.

Use it only for what everybody may see: drawn lines are kept for other sessions.
"""

from typing import cast

from textual.cache import LRUCache
from textual.content import Content
from textual.geometry import Region
from textual.strip import Strip
from textual.widgets import Static

_cached_lines: LRUCache[object, list[Strip]] = LRUCache(256)


class CachedText(Static):
    """Content that reuses lines which were drawn before."""

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return the lines of a region; styles and filters are part of the cache key."""
        content = cast(Content, self.visual)
        colors = self.app.theme_variables.items()
        filters = map(type, self.get_line_filters())
        text = content.plain, *content.spans
        key = crop, self.outer_size, self.visual_style, *text, *colors, *filters
        if key not in _cached_lines:
            _cached_lines[key] = super().render_lines(crop)
        return _cached_lines[key]
