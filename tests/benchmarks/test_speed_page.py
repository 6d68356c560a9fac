import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_tables_of_the_page_are_those_of_the_figures():
    done = subprocess.run([sys.executable, ROOT / "tools/speed.py"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_every_figure_file_is_shown_with_its_command():
    page = "".join((ROOT / "docs" / name).read_text("utf-8") for name in ("speed.md", "scale.md"))
    names = {path.stem for path in (ROOT / "docs/speed").glob("*.json")}
    assert set(re.findall(r"<!-- (\w+) -->", page)) == names
    assert names
    for name in names:
        assert f"python benchmarks/{name}.py" in page
        assert f"--json docs/speed/{name}.json" in page
