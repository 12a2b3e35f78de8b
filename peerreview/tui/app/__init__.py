"""The app itself, and the screens that belong to no group."""
