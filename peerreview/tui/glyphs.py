"""The signs of the product, each with one meaning."""

from peerreview.domain.ballot import Mark

MARKS = {Mark.OPEN: "○", Mark.BEGUN: "◐", Mark.COUNTS: "●", Mark.LEFT_OUT: "–"}
CURSOR, ROAD, FULL, EMPTY, LETDOWN = "▸", "┃", "■", "·", "×"
DEAL_BREAKER, POOR_WORK = "!", "~"
