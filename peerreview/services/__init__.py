"""Use cases: they apply the rules of the domain, store through ports, and know no front end."""
