"""Tests of plain mode, which read and answer lines as a person does."""
