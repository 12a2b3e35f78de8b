"""Run the benchmarks that take two minutes together: `python -m benchmarks.run_all`.

Every script runs in its own process; `--long` adds the scripts that take longer.
"""

import argparse
import subprocess
import sys

QUICK = ("startup", "first_paint", "key_to_paint", "board", "ballot_box")
LONG = ("storage", "damage", "accuracy")


def main() -> int:
    """Run the scripts; return 1 if one of them failed."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--long", action="store_true", help="also those that take many minutes")
    failed: list[str] = []
    for name in QUICK + (LONG if parser.parse_args().long else ()):
        print(f"\n# {name}", flush=True)
        if subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], check=False).returncode:
            failed.append(name)
    if failed:
        print(f"\nfailed: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
