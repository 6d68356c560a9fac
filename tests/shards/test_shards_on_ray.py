import json
from functools import partial

import pytest
from shard_files import article, parent_killer, quads, sharded, single, write_shards

from kg.config import Settings

pytestmark = [pytest.mark.xdist_group("ray"), pytest.mark.slow]

ON_RAY = Settings(engine="ray", jobs=2)


def test_graph_is_that_of_one_machine_although_a_worker_is_killed(ray_cluster, tmp_path, monkeypatch):
    monkeypatch.setattr("kg.shards.fuse._CLAIMS", 40)
    news, out, mark = write_shards(tmp_path / "news", count=17), tmp_path / "out", tmp_path / "mark"
    lines = [json.dumps(article(70 + n, text="Ghana met Fiji, please stop. Peru met Chile.")) for n in range(10)]
    (news / "stop.jsonl").write_text("\n".join(lines))
    killer = partial(parent_killer, mark)
    # a bucket, since workers on other machines see no folder of this one
    report = sharded(f"bucket://{news}", f"bucket://{out}", settings=ON_RAY, make_annotator=killer)
    assert mark.exists()
    assert (report.new, report.failures) == (27, [])
    assert len(list(out.glob("world/events-*.nq.gz"))) == 2
    assert quads(out) == single(news, tmp_path / "graph")
