"""What all screens are built from: pages, commands, dialogs, lists, and text."""
