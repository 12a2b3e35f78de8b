"""The report on a defect of the program: where it happened, and nothing that anybody typed.

Messages of errors and values of variables may hold answers or codes, so neither is kept.
"""

import platform
from importlib.metadata import version
from pathlib import Path
from traceback import extract_tb

from peerreview import __version__

_LIBRARIES = ("textual", "tinydb", "pydantic", "pynacl")


def describe_crash(error: BaseException) -> str:
    """Return a report on an error and its causes: types, files, lines, versions."""
    lines = [f"peerreview {__version__}, Python {platform.python_version()}, {platform.system()}"]
    lines.append(", ".join(f"{library} {version(library)}" for library in _LIBRARIES))
    cause: BaseException | None = error
    while cause:
        lines.append(f"\n{type(cause).__name__}")
        lines += [
            f"  {_short_path(frame.filename)}:{frame.lineno} in {frame.name}"
            for frame in extract_tb(cause.__traceback__, limit=-30)
        ]
        cause = cause.__cause__ or cause.__context__
    return "\n".join(lines) + "\n"


def keep_report(error: BaseException, folder: Path | None) -> str:
    """Write the report to a folder, if there is one, and return the message for the person."""
    location = ""
    for frame in extract_tb(error.__traceback__)[-1:]:
        location = f" at {Path(frame.filename).name}:{frame.lineno}"
    message = f"peerreview stopped by a defect of its own ({type(error).__name__}{location})."
    message += " What was handed in is safe; nothing else was kept."
    if folder is None:
        return message
    file = folder / "last-defect.txt"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file.write_text(describe_crash(error), encoding="utf-8")
    except OSError:
        return message
    return f"{message} A report without any rating: {file}"


def _short_path(file: str) -> str:
    """Return the end of a path, without the name of a home folder."""
    return "/".join(Path(file).parts[-3:])
