"""Whose turn it is, and who makes room: decisions without processes."""

from __future__ import annotations

from asyncio import Future
from dataclasses import dataclass
from typing import Any, cast

from kg.serve.workers.places import Places, Running, Waiting
from kg.serve.workers.process import Job, Worker
from kg.serve.workers.recent import Recent


@dataclass(eq=False)
class Stub:
    generation: str = "store-1"
    alive: bool = True


def worker(generation: str = "store-1", *, alive: bool = True) -> Worker:
    return cast("Worker", Stub(generation, alive))


def pending() -> Any:
    class Pending:
        def done(self) -> bool:
            return False

    return cast("Future[Any]", Pending())


def running(client: str, since: float, *, long: bool = False) -> Running:
    return Running(worker(), client, since, pending(), long)


def waiting(*clients: str, long: bool = False) -> list[Waiting]:
    return [Waiting(client, pending(), long) for client in clients]


def places(**more: Any) -> Places:
    return Places(**{"most": 2, "quick": 1.0} | more)


LONG = [running("a", 1, long=True), running("b", 9, long=True), running("a", 3, long=True), running("a", 2, long=True)]


def test_places_for_quick_queries_are_kept_up() -> None:
    assert places().missing() == 2
    assert places(idle=[worker()]).missing() == 1
    assert places(idle=[worker()], starting=1).missing() == 0
    assert places(running={running("a", 0), running("a", 0)}).missing() == 0
    assert places(running={*LONG[:2]}).missing() == 2
    assert places(running={*LONG[:3]}).missing() == 1
    assert places(running={*LONG}).missing() == 0


def test_a_worker_stays_where_it_is_needed() -> None:
    assert places(idle=[worker()], running={*LONG[:2]}).fits()
    assert not places(idle=[worker()], starting=1).fits()


def test_when_all_places_are_taken_the_newest_of_whoever_has_most_goes() -> None:
    taken = {*LONG}
    assert places(running=taken, waiting=waiting("c")).to_end() == [LONG[2]]
    assert places(running=taken, waiting=waiting("c", "d", "e")).to_end() == [LONG[2], LONG[3]]
    assert places(running=taken).to_end() == []
    assert places(running={*LONG[:3]}, waiting=waiting("c"), starting=1).to_end() == []


def test_nobody_goes_for_a_query_that_takes_long_itself() -> None:
    assert places(running={*LONG}, waiting=waiting("c", long=True)).to_end() == []


def test_quick_ones_are_never_ended() -> None:
    mixed = {*LONG[:2], running("a", 8), running("a", 9)}
    assert places(running=mixed, waiting=waiting("b")).to_end() == []


def test_a_query_that_took_long_waits_for_a_place_among_the_long() -> None:
    some = places(idle=[worker()], running={*LONG[:2]}, waiting=waiting("b", long=True))
    assert some.take_first() is None
    assert not some.may_start(long=True)
    assert some.may_start(long=False)
    some.running.discard(LONG[0])
    assert some.may_start(long=True)
    some.waiting += waiting("a")
    order = [some.take_first(), some.take_first()]
    assert [(first.client, first.long) for first in order if first] == [("a", False), ("b", True)]


def test_queries_become_long() -> None:
    old, young = running("a", 10.0), running("a", 10.8)
    some = places(running={old, young})
    assert round(some.next_long(10.4) or 0, 6) == 0.6
    assert some.newly_long(10.9) == []
    assert some.newly_long(11.1) == [old]
    assert some.newly_long(11.2) == []
    assert round(some.next_long(11.2) or 0, 6) == 0.6
    assert places(running={running("a", 0, long=True)}).next_long(5) is None


def test_whoever_has_fewest_running_comes_first() -> None:
    some = places(running={running("a", 0), running("b", 0), running("b", 0)}, waiting=waiting("b", "a", "a", "c"))
    order = [some.take_first() for _ in range(4)]
    assert [first.client for first in order if first] == ["c", "a", "a", "b"]
    assert some.take_first() is None


def test_workers_with_an_old_generation_go_when_there_is_a_new_one() -> None:
    old, older, new = worker("store-1"), worker("store-1"), worker("store-2")
    some = places(idle=[old, older])
    assert some.wants_renewal("store-2")
    assert some.take_stale("store-2") == []
    some.idle.append(new)
    assert not some.wants_renewal("store-2")
    assert some.take_stale("store-2") == [old, older]
    assert some.idle == [new]


def test_nothing_changes_while_the_generation_cannot_be_told() -> None:
    some = places(idle=[worker("store-1")])
    assert not some.wants_renewal("")
    assert some.take_stale("") == []


def test_the_dead_are_not_asked() -> None:
    dead, living = worker(alive=False), worker()
    assert places(idle=[living, dead]).take_idle() is living
    assert places(idle=[dead]).take_idle() is None
    some = places(idle=[living, dead])
    assert some.take_stale("store-1") == [dead]
    assert some.idle == [living]


def test_of_one_client_the_connection_that_asked_quick_ones_comes_first() -> None:
    some = places(
        waiting=[*waiting("a", "a"), Waiting("a", pending(), quick=True), *waiting("b")], running={running("a", 0)}
    )
    order = [some.take_first() for _ in range(4)]
    assert [(first.client, first.quick) for first in order if first] == [
        ("b", False),
        ("a", True),
        ("a", False),
        ("a", False),
    ]


def test_a_key_is_remembered_for_a_while() -> None:
    recent = Recent(seconds=10, most=2)
    recent.add("a", now=100.0)
    assert recent.holds("a", now=109.0)
    assert not recent.holds("a", now=110.0)
    assert not recent.holds("b", now=100.0)
    recent.add("b", now=101.0)
    recent.add("a", now=102.0)
    recent.add("c", now=103.0)
    assert [recent.holds(key, now=104.0) for key in "abc"] == [True, False, True]
    recent.discard("a")
    recent.discard("x")
    assert not recent.holds("a", now=104.0)


def test_jobs_are_alike_whatever_the_format() -> None:
    job = Job(do="a:b", arguments={"query": "x", "more": 1})
    assert job.key == Job(do="a:b", arguments={"more": 1, "query": "x"}, accept="text/csv", gzip=True).key
    assert job.key != Job(do="a:c", arguments=job.arguments).key
