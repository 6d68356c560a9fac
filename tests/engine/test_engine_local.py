import os
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest
from worker_functions import broken, plain

from kg.engine import HopelessError, Lost, Pool, run_batches
from kg.engine.local import LocalEngine


def batches(items, size):
    return [items[i : i + size] for i in range(0, len(items), size)]


def answers(items, *, start=plain, jobs=2, time_limit=60.0, size=1):
    return [found for _, found in run(batches(items, size), start, jobs=jobs, time_limit=time_limit)]


def run(batches, start=plain, *, jobs, time_limit=60.0):
    return run_batches(batches, start, LocalEngine(jobs), time_limit=time_limit)


def test_results_come_in_order_with_their_items():
    items = list(range(40))
    found = run(batches(items, 3), jobs=3)
    assert list(found) == [(item, item) for item in items]
    assert answers([]) == []


def test_items_go_to_processes_of_their_own(tmp_path):
    seen = set(answers([f"meet {tmp_path}"] * 8))
    assert len(seen) == 2
    assert os.getpid() not in seen


def test_items_are_taken_lazily():
    taken = []

    def items():
        for number in range(1000):
            taken.append(number)
            yield [number]

    found = run(items(), jobs=1)
    assert next(found) == (0, 0)
    assert len(taken) <= 9
    found.close()
    assert len(taken) <= 9


def test_large_items_and_results_hold_nothing_up():
    items = [letter * 3_000_000 for letter in "abcdef"]
    assert answers(items, jobs=2) == items


@pytest.mark.parametrize(
    ("word", "reason"),
    [("kill", "was ended by the signal SIGKILL"), ("exit", "ended with the exit code 7")],
)
@pytest.mark.parametrize("size", [1, 3])
def test_what_ends_its_process_costs_itself_only(word, reason, size):
    found = answers([0, 1, word, 3, 4, word, 6], size=size)
    assert found == [0, 1, Lost(reason), 3, 4, Lost(reason), 6]


def test_what_hangs_costs_itself_only(monkeypatch):
    monkeypatch.setattr("kg.engine.pool._FIRST", 0.0)
    found = answers([0, 1, "hang", 3], time_limit=0.5)
    assert found == [0, 1, Lost("took longer than 0.5 seconds"), 3]


def test_what_fails_once_is_done_the_second_time(tmp_path):
    assert answers([0, f"once {tmp_path / 'a'}", 2]) == [0, f"once {tmp_path / 'a'}", 2]


def test_process_that_is_killed_from_outside_loses_nothing():
    found = run(batches(["pid", *range(200)], 1), jobs=1)
    _, pid = next(found)
    os.kill(pid, 9)
    assert [item for item, _ in found] == list(range(200))


def test_what_the_function_raises_ends_the_run():
    with pytest.raises(KeyError, match="words"):
        answers([0, "raise words", 2])
    with pytest.raises(RuntimeError, match="it does not start"):
        answers([0, 1], start=broken)


def test_run_in_which_everything_is_lost_is_given_up(monkeypatch):
    monkeypatch.setattr("kg.engine.pool._HOPELESS", 3)
    with pytest.raises(HopelessError, match="the first 3 were lost; the last one's process ended with the exit code 7"):
        answers(["exit"] * 30, jobs=1)


def test_run_that_is_broken_off_leaves_nothing_to_the_next():
    with closing(Pool(plain, LocalEngine(1), 60)) as pool:
        assert next(pool.run([number] for number in range(100))) == (0, 0)
        assert list(pool.run(["abc", "de"])) == [(letter, letter) for letter in "abcde"]


def test_nothing_is_left_behind_when_the_caller_stops():
    found = run([["pid"]] * 10, jobs=2)
    pids = {next(found)[1] for _ in range(4)}
    found.close()
    assert [thread.name for thread in threading.enumerate() if "_feed" in thread.name] == []
    deadline = time.monotonic() + 10
    while any(Path(f"/proc/{pid}").exists() for pid in pids) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(Path(f"/proc/{pid}").exists() for pid in pids)
