import os
import sys
from contextlib import closing
from pathlib import Path

import pytest
from worker_functions import broken, plain

from kg.cli import main
from kg.engine import HopelessError, Lost, run_batches
from kg.engine.ray import RayEngine, open_ray
from kg.errors import EngineError

# one worker of pytest-xdist runs them all, so that the suite starts one cluster
pytestmark = [pytest.mark.xdist_group("ray"), pytest.mark.slow]


def answers(cluster, items, *, start=plain, time_limit=60.0, size=1):
    batches = [items[i : i + size] for i in range(0, len(items), size)]
    return [found for _, found in run_batches(batches, start, cluster, time_limit=time_limit)]


def test_results_come_in_order_from_two_workers(ray_cluster, tmp_path):
    assert ray_cluster.jobs == 2
    items = list(range(40))
    assert answers(ray_cluster, items, size=3) == items
    seen = set(answers(ray_cluster, [f"meet {tmp_path}"] * 8))
    assert len(seen) == 2
    assert os.getpid() not in seen


def test_large_items_and_results_hold_nothing_up(ray_cluster):
    items = [letter * 3_000_000 for letter in "abcdef"]
    assert answers(ray_cluster, items) == items


def test_what_ends_its_worker_costs_itself_only(ray_cluster, tmp_path):
    once = f"once {tmp_path / 'a'}"
    found = answers(ray_cluster, [0, "kill", 2, 3, once, "exit"], size=3)
    lost = [result for result in found if isinstance(result, Lost)]
    assert [found[0], *found[2:5]] == [0, 2, 3, once]
    assert len(lost) == 2
    assert all(one.reason.startswith("was lost: The actor is dead because its worker process has died") for one in lost)


def test_what_hangs_costs_itself_only(ray_cluster, monkeypatch):
    monkeypatch.setattr("kg.engine.pool._FIRST", 0.0)
    assert answers(ray_cluster, [0, "hang", 2], time_limit=2) == [0, Lost("took longer than 2 seconds"), 2]


def test_worker_that_is_killed_from_outside_loses_nothing(ray_cluster):
    found = run_batches([["pid"], *([number] for number in range(100))], plain, ray_cluster, time_limit=60)
    _, pid = next(found)
    os.kill(pid, 9)
    assert [item for item, _ in found] == list(range(100))


def test_what_the_function_raises_ends_the_run(ray_cluster):
    with pytest.raises(KeyError, match="words"):
        answers(ray_cluster, [0, "raise words", 2])
    with pytest.raises(RuntimeError, match="it does not start"):
        answers(ray_cluster, [0, 1], start=broken)


def test_restarts_are_bounded(ray_cluster, monkeypatch):
    import ray  # not before the cluster is there: what Ray reads when it is loaded is kg's to set

    monkeypatch.setattr("kg.engine.pool._HOPELESS", 2)
    with pytest.raises(HopelessError, match="the first 2 were lost; the last one's process was lost: The actor is"):
        answers(RayEngine(ray, 1), ["exit"] * 30)


def test_cluster_listens_on_the_loopback_interface_only(ray_cluster, tmp_path):
    with closing(run_batches([[f"meet {tmp_path}"]] * 8, plain, ray_cluster, time_limit=60.0)) as run:
        next(run)  # both workers have come, and stay while the run is open: each has a socket of its own
        listening = {inode: address for path in ("tcp", "tcp6") for inode, address in _listening(path)}
        sockets = [inode for process in _processes_of_ray() for inode in _sockets(process)]
    found = [listening[inode] for inode in sockets if inode in listening]
    assert len(found) >= 5
    # hexadecimal, each four bytes in the machine's order: 127.0.0.1, also as an IPv6 address
    ours = "0100007F" if sys.byteorder == "little" else "7F000001"
    assert {address[-8:] for address in found} == {ours}


def _listening(name):
    for line in Path(f"/proc/net/{name}").read_text().splitlines()[1:]:
        fields = line.split()
        if fields[3] == "0A":
            yield fields[9], fields[1].partition(":")[0]


def _processes_of_ray():
    """Yield the processes that descend from this one; the machine may run another cluster."""
    parents = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(path.parent.name)] = int(path.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
    for process in parents:
        line = [process]
        while line[-1] in parents:
            line.append(parents[line[-1]])
        if process != os.getpid() and os.getpid() in line:
            yield Path(f"/proc/{process}")


def _sockets(process):
    for link in (process / "fd").glob("*"):
        try:
            target = str(link.readlink())
        except OSError:
            continue
        if target.startswith("socket:["):
            yield target[8:-1]


# ---- without a cluster


def test_cluster_that_cannot_be_reached_is_reported(monkeypatch):
    class Unreachable:
        is_initialized = staticmethod(lambda: False)

        @staticmethod
        def init(**_):
            raise ConnectionError("nobody answers at 192.0.2.1:6379")

    monkeypatch.setitem(sys.modules, "ray", Unreachable)
    with pytest.raises(EngineError) as error, open_ray("192.0.2.1:6379", jobs=0):
        pass
    assert str(error.value) == (
        "192.0.2.1:6379: Ray cannot be reached: nobody answers at 192.0.2.1:6379. "
        "Check the address with: ray status --address ADDRESS."
    )


def test_missing_ray_is_reported(monkeypatch):
    monkeypatch.setitem(sys.modules, "ray", None)
    message = r"the engine needs Ray \(.*\), which is not installed. Run: pip install 'kg-news\[cluster\]'"
    with pytest.raises(EngineError, match=message), open_ray(None, jobs=2):
        pass


def test_address_without_ray_is_refused(capsys, tmp_path):
    (tmp_path / "a.txt").write_text("A headline\n\nKenya lent Peru $5m.\n", "utf-8")
    command = ["build", str(tmp_path), "--graph", str(tmp_path / "kg-graph"), "--address", "auto"]
    assert main(command) == 1
    assert "--address auto names a Ray cluster, and the engine is local. Add --engine ray." in capsys.readouterr().err
