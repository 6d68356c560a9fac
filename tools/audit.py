"""Look the locked packages up in the registries' lists of known weaknesses.

    python tools/audit.py PIP_AUDIT

``PIP_AUDIT`` is the program, from an environment of its own (``make audit``). A package with a known weakness fails. A
registry that does not answer, or does not know a package, is named and passed over: what was not audited is never said
to be sound.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
LOCKS = ("requirements.lock", "requirements-dev.lock")


def tell(message: str) -> None:
    """Write a line on standard error."""
    sys.stderr.write(f"audit: {message}\n")


def audit_python(program: str, lock: str) -> bool:
    """Tell whether no package of a lock has a known weakness, as far as PyPI answers."""
    command = [program, "--disable-pip", "--require-hashes", "--progress-spinner=off", "--format=json", "-r", lock]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    try:
        found = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        tell(f"{lock} was not audited: {last_line(done.stderr)}")
        return True
    weak = [package for package in found if package.get("vulns")]
    unknown = sum("skip_reason" in package for package in found)
    tell(f"{lock}: {len(found)} packages, {len(weak)} with known weaknesses, {unknown} that the registry does not know")
    for package in weak:
        names = ", ".join(weakness["id"] for weakness in package["vulns"])
        tell(f"{lock}: {package['name']} {package['version']}: {names}")
    return not weak


def audit_npm() -> bool:
    """Tell whether no npm package has a known weakness of a high level, as far as the registry answers."""
    command = ["npm", "audit", "--json", "--audit-level=high"]
    done = subprocess.run(command, cwd=ROOT / "web", capture_output=True, text=True, check=False)
    found = json.loads(done.stdout or "{}")
    if "metadata" not in found:
        tell(f"npm packages were not audited: {found.get('message') or last_line(done.stderr)}")
        return True
    weak = found.get("vulnerabilities", {})
    tell(f"npm: {found['metadata']['dependencies']['total']} packages, {len(weak)} with known weaknesses")
    for name, weakness in sorted(weak.items()):
        tell(f"npm: {name} {weakness['range']}: {weakness['severity']}")
    return not done.returncode


def last_line(text: str) -> str:
    """Return what a program said last."""
    return (text.strip().splitlines() or ["no answer"])[-1]


def main() -> None:
    """Audit everything, and fail where anything is weak."""
    sound = [*(audit_python(sys.argv[1], lock) for lock in LOCKS), audit_npm()]
    sys.exit(0 if all(sound) else 1)


if __name__ == "__main__":
    main()
