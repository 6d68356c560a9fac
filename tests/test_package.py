"""The wheel, installed into an empty environment, does the main job from another directory."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from built_page import build_page

ROOT = Path(__file__).parents[1]


def run(*command: str | Path, cwd: Path) -> str:
    done = subprocess.run([str(c) for c in command], cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command}: {done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    build_page()
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", folder, cwd=ROOT)
    (built,) = folder.glob("*.whl")
    return built


def test_wheel_holds_shapes_queries_packs_and_licences(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder, pattern, inside in (
        ("shapes", "*.ttl", "kg/_data/shapes"),
        ("queries", "*.rq", "kg/_data/queries"),
        ("kg/lexicon/packs", "*.toml", "kg/lexicon/packs"),
        ("kg/annotate/data", "*", "kg/annotate/data"),
        ("kg/show/notebook/templates", "*", "kg/show/notebook/templates"),
    ):
        files = [p.name for p in (ROOT / folder).glob(pattern)]
        assert files
        assert {f"{inside}/{name}" for name in files} <= names
    assert "kg/py.typed" in names
    page = {"index.html", "page.js", "page.css", "LICENCES.txt"}
    assert {f"kg/page/static/{name}" for name in page} <= names
    assert {n.rsplit("/", 1)[-1] for n in names} >= {"LICENSE", "NOTICE"}


def test_dist_without_the_means_to_build_the_page_says_what_is_missing(tmp_path: Path) -> None:
    for name in ("Makefile", "web/package.json", "web/package-lock.json", "requirements.lock", "pyproject.toml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    make = shutil.which("make")
    assert make
    # neither the environment nor the page is there, and there is no npm on the path
    for target in ("web", "dist"):
        given = ["DEV=", target]
        done = subprocess.run(
            [make, "-s", *given], cwd=tmp_path, env={"PATH": ""}, capture_output=True, text=True, check=False
        )
        assert done.returncode != 0
        assert "The web page is built with Node.js 20 or newer and npm, which are not installed" in done.stderr


@pytest.mark.slow
@pytest.mark.network
def test_wheel_runs_the_main_job_in_an_empty_environment(wheel: Path, tmp_path: Path) -> None:
    run(sys.executable, "-m", "venv", tmp_path / "env", cwd=tmp_path)
    python = tmp_path / "env/bin/python"
    pip = (python, "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--no-deps")
    run(*pip, "--require-hashes", "-r", ROOT / "requirements.lock", cwd=tmp_path)
    run(*pip, wheel, cwd=tmp_path)
    (tmp_path / "elsewhere").mkdir()
    kg = tmp_path / "env/bin/kg"
    run(kg, "build", ROOT / "seeds", cwd=tmp_path / "elsewhere")
    answer = run(kg, "query", "who-met-whom", cwd=tmp_path / "elsewhere")
    assert "Vladimir Putin" in answer
    assert run(python, "-c", "import kg; print(kg.__file__)", cwd=tmp_path).startswith(str(tmp_path))
