"""Plain lines, read and answered like a person does."""
