"""What a released round shows: boards, partner pages, the map, and their sentences."""
