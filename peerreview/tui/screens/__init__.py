"""One screen a file, each with one purpose."""
