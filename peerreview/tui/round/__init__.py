"""Opening and closing a round."""
