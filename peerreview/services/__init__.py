"""Use cases. They decide in the domain, keep through ports, and never draw."""
