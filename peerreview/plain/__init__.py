"""Plain lines: the same flows as questions and answers, for screen readers, braille and pipes.

Knows services and results; whoever starts it brings a way to ask and a way to say.
"""
