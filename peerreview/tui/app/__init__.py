"""The app, its options and themes, and the screens that belong to no group."""
