"""Hosting over SSH: one process, one event loop, one app a channel, and guards around each.

Knows screens and services; must not know files, boxes or locks.
"""
