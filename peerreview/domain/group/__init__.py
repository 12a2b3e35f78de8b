"""A peer group and the partners it shares."""
