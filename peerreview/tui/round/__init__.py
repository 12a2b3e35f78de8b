"""The screens on which a round is planned, opened and closed."""
