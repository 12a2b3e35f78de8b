"""The composition root: the only module that sees everything and puts it together."""

from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from peerreview import guards, shipped
from peerreview.ballotbox.key import Strength, Stretcher
from peerreview.config import Places
from peerreview.services.checkup import Doctor
from peerreview.services.desk import Desk
from peerreview.services.world import World
from peerreview.store.naming import GROUP_SUFFIX, group_file_name
from peerreview.store.vault import FileVault


def world() -> World:
    """Return the product's world: shipped sets, full strength, today's date."""
    return World(shipped.criteria_sets(), Stretcher(Strength()))


def desk_at(path: Path) -> Desk:
    """Return the services of the group file at `path`; nothing is read yet."""
    return Desk.of(FileVault(path), world())


def doctor_at(path: Path) -> Doctor:
    """Return the doctor of the group file at `path`; it doesn't wait long for a lock."""
    from peerreview.store.doctor.doctor import FileDoctor

    return FileDoctor(FileVault(path, wait=1))


def run_tui(
    path: Path | None, *, screen: str = "board", readonly: bool = False, demo: bool = False
) -> int:
    """Run the screens until the person leaves; return the exit code.

    Args:
        path: the group to open, or None to start with the welcome screen.
        screen: `board`, `turn` or `welcome`.
        readonly: look, change nothing.
        demo: the group is a copy of the sample; its key is shown on the board.

    Raises:
        UsageError: The environment would write down what people type.
    """
    guards.refuse_telltales()
    guards.leave_no_core()
    from peerreview.tui.app import PeerReviewApp
    from peerreview.tui.start import Demo, Doors, Start

    with ExitStack() as folders:

        def create(name: str) -> Desk:
            desk = desk_at(Path(group_file_name(name)))
            desk.setting_up.create(name)
            return desk

        def try_demo() -> Demo:
            folder = folders.enter_context(TemporaryDirectory(prefix="peerreview-demo-"))
            group = shipped.copy_sample(Path(folder))
            return Demo(desk_at(group), shipped.demo_key(group))

        doors = Doors(
            find=lambda: sorted(Path().glob(f"*{GROUP_SUFFIX}")),
            open=desk_at,
            create=create,
            demo=try_demo,
        )
        start = Start(
            doors=doors,
            desk=desk_at(path) if path else None,
            first="turn" if screen == "turn" else "board" if path else "welcome",
            readonly=readonly,
            demo_key=shipped.demo_key(path) if path and demo else "",
            themes=shipped.folder("themes"),
            state=Places.found().state,
        )
        app = PeerReviewApp(start)
        app.run()
        return app.return_code or 0
