"""Read entities with all of their names and links."""

from __future__ import annotations

from kg.iris import expand
from kg.page.nodes import Nodes
from kg.page.records import PageEntity

__all__ = ["read_entity"]


def read_entity(nodes: Nodes, name: str, *, degree: int = 0, group: int = -1) -> PageEntity:
    """Return a canonical entity.

    Args:
        nodes: Of the graph.
        name: Its CURIE.
        degree: How many entities it is linked with, where that is known.
        group: The group that it is in, where that is known.
    """
    iri = expand(name, nodes.iris.base)
    node = nodes.node(iri)
    label = node.one("rdfs:label")
    aliases = [nodes.node(alias) for alias in nodes.subjects("owl:sameAs", iri)]
    names = {*node.all("skos:altLabel"), *(alias.one("rdfs:label") for alias in aliases)} - {label, ""}
    links = [link for link in node.all("owl:sameAs") if not nodes.is_entity(link)]
    return PageEntity(
        id=name,
        label=label,
        type=nodes.curie(node.one("rdf:type")),
        mentions=int(node.one("mentionCount") or 0),
        sources=int(node.one("sourceCount") or 0),
        degree=degree,
        group=group,
        names=tuple(sorted(names)),
        same_as=tuple(sorted(links, key=lambda link: ("wikidata" not in link, link))),
    )
