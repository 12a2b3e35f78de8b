"""From all ballots to the few cells that are released."""
