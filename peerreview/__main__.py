"""`python -m peerreview`, the same as the installed command."""

from peerreview.cli import main

if __name__ == "__main__":
    main()
