"""Files on a disk: atomic writes, locks, names, tables, and the errors of the system."""
