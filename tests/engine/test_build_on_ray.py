import re
from functools import partial
from pathlib import Path

import pytest
from test_build import TEXTS, build, lines, write
from worker_functions import deadly_annotator, mortal_annotator

from kg.cli import main
from kg.config import Settings

pytestmark = [pytest.mark.xdist_group("ray"), pytest.mark.slow]

ON_RAY = Settings(engine="ray", jobs=2)
MORE = {f"more{number}.txt": f"Kenya lent Peru ${number}m on Monday." for number in range(30)}


def test_graph_is_that_of_one_process_although_a_worker_is_killed(ray_cluster, tmp_path):
    news = write(tmp_path / "news", TEXTS | MORE | {"stop.txt": "Norway met Chile, please stop. Ghana met Fiji."})
    build(news, tmp_path / "a")
    mark = tmp_path / "mark"
    report = build(news, tmp_path / "b", settings=ON_RAY, make_annotator=partial(mortal_annotator, mark))
    assert mark.exists()
    assert (report.new, report.failures) == (34, [])
    assert lines(tmp_path / "a") == lines(tmp_path / "b")


def test_document_that_ends_its_worker_is_set_aside_alone(ray_cluster, tmp_path):
    news = write(tmp_path / "news", TEXTS)
    build(news, tmp_path / "a")
    write(news, TEXTS | {"kill.txt": "Ghana met Fiji, please kill."})
    report = build(news, tmp_path / "b", settings=ON_RAY, make_annotator=deadly_annotator)
    [failure] = report.failures
    assert (failure.stage, Path(failure.path).name) == ("process", "kill.txt")
    said = (
        r"kill\.txt: it was tried twice, and its process was lost: The actor is dead .* Nothing of this document is in"
    )
    assert re.search(said, str(failure.error))
    assert report.exit_code == 4
    assert lines(tmp_path / "a") == lines(tmp_path / "b")


@pytest.mark.model
def test_command_builds_with_the_language_model_on_all_workers(ray_cluster, tmp_path, capsys):
    seeds = str(Path(__file__).resolve().parents[2] / "seeds")
    for name, options in {"a": [], "b": ["--engine", "ray"]}.items():
        assert main(["build", seeds, "--graph", str(tmp_path / name), *options]) == 0
    assert lines(tmp_path / "a") == lines(tmp_path / "b")
    out, err = capsys.readouterr()
    assert out.count("4 documents (4 new)") == 2
    assert err == ""
