"""Where groups and ballot boxes are kept: TinyDB files that survive kills, full disks, company."""
