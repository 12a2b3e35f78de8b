"""The screen for the projector."""
