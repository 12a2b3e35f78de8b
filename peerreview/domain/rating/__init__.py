"""What one rater says: criteria, answers, the ballot, its severity and the mirror."""
