"""What one rater answers: criteria sets, scales, the ballot, its severity and the mirror."""
