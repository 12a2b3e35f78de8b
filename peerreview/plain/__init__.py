"""Plain mode: the same flows as questions and answers in lines, for screen readers and pipes.

Knows services and results. A front end passes in the functions that ask for and show lines.
"""
