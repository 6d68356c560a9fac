"""Other people's triple stores: push a workspace's graph into one, ask an endpoint the named queries.

    endpoint.py   asks a SPARQL endpoint as if it were a store of ours; binding.py puts parameters into its queries
    union.py      finds out how an endpoint is asked about all of its graphs at once
    graph.py      kg.open_endpoint
    push.py       kg push; content.py and plan.py find what differs, manifest.py remembers what was sent
    store.py      a store's named graphs, by the Graph Store Protocol
    profiles.py   what differs between products; connection.py and credentials.py talk HTTP

Nothing here needs a workspace's rdflib or spaCy; httpx comes with the extra ``remote``.
"""

from kg.remote.graph import RemoteGraph, open_endpoint
from kg.remote.profiles import PROFILES, Profile
from kg.remote.push import PushReport, push

__all__ = ["PROFILES", "Profile", "PushReport", "RemoteGraph", "open_endpoint", "push"]
