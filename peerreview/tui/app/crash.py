"""What is kept of a defect of ours: where it happened, and nothing of what anybody typed.

Knows tracebacks; must not know ballots. Messages of errors and values of variables may hold
answers or codes, so neither is kept.
"""

import platform
from importlib.metadata import version
from pathlib import Path
from traceback import extract_tb

from peerreview import __version__

_LIBRARIES = ("textual", "tinydb", "pydantic", "pynacl")


def describe_crash(error: BaseException) -> str:
    """Return a report on an error and what led to it: kinds, files, lines, versions."""
    lines = [f"peerreview {__version__}, Python {platform.python_version()}, {platform.system()}"]
    lines.append(", ".join(f"{each} {version(each)}" for each in _LIBRARIES))
    cause: BaseException | None = error
    while cause:
        lines.append(f"\n{type(cause).__name__}")
        lines += [
            f"  {_place(frame.filename)}:{frame.lineno} in {frame.name}"
            for frame in extract_tb(cause.__traceback__, limit=-30)
        ]
        cause = cause.__cause__ or cause.__context__
    return "\n".join(lines) + "\n"


def keep_report(error: BaseException, folder: Path | None) -> str:
    """Keep the report in a folder, if there is one; return what the person is told."""
    where = extract_tb(error.__traceback__)[-1:]
    place = "".join(f" at {Path(frame.filename).name}:{frame.lineno}" for frame in where)
    said = f"peerreview stopped by a defect of its own ({type(error).__name__}{place})."
    said += " What was handed in is safe; nothing else was kept."
    if folder is None:
        return said
    file = folder / "last-defect.txt"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file.write_text(describe_crash(error), encoding="utf-8")
    except OSError:
        return said
    return f"{said} A report without any rating: {file}"


def _place(file: str) -> str:
    """Return the end of a path: a home folder's name is nobody's business."""
    return "/".join(Path(file).parts[-3:])
