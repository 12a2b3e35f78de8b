"""The partners a group shares: lists and forms."""
