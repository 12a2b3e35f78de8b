"""Widgets: they draw, and say what people did; decisions are made elsewhere."""
