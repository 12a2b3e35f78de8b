"""Storage of groups and ballot boxes in TinyDB files that survive kills and full disks."""
