"""Files on a disk: atomic writes, locks, names, tables, and errors of the operating system."""
