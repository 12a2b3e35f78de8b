"""How the parts of a line look: their names, and the style sheet that gives them colors."""

NAMES = ("text", "strong", "quiet", "head", "they", "we", "road", "bad", "ugly", "empty",
         "active", "cursor")  # fmt: skip
CSS = """
LineList {
    height: 1fr; background: $background; overflow-x: hidden; scrollbar-size-vertical: 1;
    scrollbar-color: $quiet 50%; scrollbar-color-hover: $quiet; scrollbar-color-active: $road;
    scrollbar-background: $background; scrollbar-background-hover: $background;
    &>.lines--text { color: $foreground; }
    &>.lines--strong { color: $foreground; text-style: bold; }
    &>.lines--quiet { color: $quiet; }
    &>.lines--head { color: $road; text-style: bold; }
    &>.lines--they { color: $they; }
    &>.lines--we { color: $we; }
    &>.lines--road { color: $road; }
    &>.lines--bad { color: $bad; }
    &>.lines--ugly { color: $ugly; text-style: bold; }
    &>.lines--empty { color: $quiet 60%; }
    &>.lines--cursor { background: $cursor; }
    &>.lines--active { color: $background; background: $road; text-style: bold; }
}
"""
