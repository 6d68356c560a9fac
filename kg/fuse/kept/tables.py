"""The tables in which fusing keeps its intermediate results, each a function of the set of documents alone.

    report, mark, copy, known_as, based_on, byline, agency   where a document's report comes from
    appearance, vote, voice, entity, trait, rule, group_voice   entities and what they are called
    office, pattern, office_key, side                          who acts for whom
    fact, choice, seek                                       claims with canonical entities, and where they may go
    event, offer, support, statement                         what was made of them
    judged, total                                            reviews that were heeded; counts over the whole graph

Numbers of rows (``number``, ``fact.id``, ``event.id``) depend on the order of builds and never leave these tables.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection

__all__ = ["create_tables", "drop_tables"]

_TABLES = {
    "report": """
        number INTEGER PRIMARY KEY, document TEXT NOT NULL UNIQUE, published TEXT NOT NULL,
        agency TEXT NOT NULL, about BLOB NOT NULL, sketch BLOB NOT NULL,
        own TEXT, origin TEXT NOT NULL, nearest TEXT, line_end TEXT, rests TEXT, outlet TEXT, told TEXT, source TEXT,
        shown INTEGER NOT NULL DEFAULT 0""",
    "mark": "mark INTEGER, number INTEGER, PRIMARY KEY (mark, number)",
    "copy": "document TEXT, other TEXT, PRIMARY KEY (document, other)",
    "known_as": "name TEXT, document TEXT, PRIMARY KEY (name, document)",
    "based_on": "document TEXT, rank INTEGER, name TEXT NOT NULL, PRIMARY KEY (document, rank)",
    "byline": "part TEXT, document TEXT, PRIMARY KEY (part, document)",
    "agency": "folded TEXT, name TEXT, n INTEGER NOT NULL, PRIMARY KEY (folded, name)",
    "appearance": """
        document TEXT, key TEXT, mentions INTEGER NOT NULL, votes TEXT NOT NULL, PRIMARY KEY (document, key)""",
    "vote": "key TEXT, kind TEXT, value TEXT, n INTEGER NOT NULL, PRIMARY KEY (key, kind, value)",
    "voice": "key TEXT, source TEXT, n INTEGER NOT NULL, PRIMARY KEY (key, source)",
    "group_voice": "key TEXT, source TEXT, n INTEGER NOT NULL, PRIMARY KEY (key, source)",
    "entity": """
        key TEXT PRIMARY KEY, family TEXT NOT NULL, label TEXT NOT NULL, folded TEXT NOT NULL, type TEXT NOT NULL,
        links TEXT NOT NULL, mentions INTEGER NOT NULL, media INTEGER NOT NULL, canonical TEXT NOT NULL, reason TEXT,
        sources INTEGER NOT NULL, group_sources INTEGER NOT NULL, shown TEXT""",
    "rule": """
        same INTEGER, first TEXT, second TEXT, reason TEXT, PRIMARY KEY (same, first, second, reason)""",
    "trait": "trait TEXT, key TEXT, PRIMARY KEY (trait, key)",
    "office": """
        document TEXT, claim TEXT, pattern INTEGER NOT NULL, confidence TEXT NOT NULL, counts INTEGER NOT NULL,
        PRIMARY KEY (document, claim)""",
    "pattern": "id INTEGER PRIMARY KEY, holders TEXT, offices TEXT, n INTEGER NOT NULL, UNIQUE (holders, offices)",
    "office_key": "key TEXT, pattern INTEGER, PRIMARY KEY (key, pattern)",
    "side": "person TEXT PRIMARY KEY, party TEXT NOT NULL",
    "fact": """
        id INTEGER PRIMARY KEY, claim TEXT NOT NULL UNIQUE, document TEXT NOT NULL, kind TEXT NOT NULL,
        paired INTEGER NOT NULL, block TEXT NOT NULL, home INTEGER, seated INTEGER NOT NULL, event INTEGER,
        speaks INTEGER NOT NULL,
        choices TEXT NOT NULL, data BLOB NOT NULL""",
    "choice": """
        kind TEXT, pair TEXT, fact INTEGER, several INTEGER NOT NULL, PRIMARY KEY (kind, pair, fact)""",
    "seek": """
        kind TEXT, name TEXT, fact INTEGER, first INTEGER NOT NULL, last INTEGER NOT NULL, sums INTEGER NOT NULL,
        things INTEGER NOT NULL, PRIMARY KEY (kind, name, fact)""",
    "event": """
        id INTEGER PRIMARY KEY, kind TEXT NOT NULL, block TEXT NOT NULL, paired INTEGER NOT NULL,
        profile TEXT NOT NULL, draft TEXT, name TEXT, type TEXT, claims INTEGER NOT NULL, disputes INTEGER NOT NULL""",
    "offer": """
        kind TEXT, name TEXT, event INTEGER, first INTEGER NOT NULL, last INTEGER NOT NULL, sums INTEGER NOT NULL,
        things INTEGER NOT NULL, PRIMARY KEY (kind, name, event)""",
    "support": """
        subject TEXT, predicate TEXT, object TEXT, event INTEGER, data BLOB NOT NULL,
        PRIMARY KEY (subject, predicate, object, event)""",
    "statement": "subject TEXT, predicate TEXT, object TEXT, PRIMARY KEY (subject, predicate, object)",
    "judged": "claim TEXT PRIMARY KEY, document TEXT NOT NULL, verdict TEXT NOT NULL",
    "total": "name TEXT PRIMARY KEY, n INTEGER NOT NULL",
}

# an integer key that is the row's own number needs the row to have one
_NUMBERED = ("report", "pattern", "fact", "event")

_INDEXES = {
    "report": ("origin", "nearest", "line_end", "rests", "outlet"),
    "based_on": ("name",),
    "byline": ("document",),
    "known_as": ("document",),
    "appearance": ("key",),
    "entity": ("canonical", "label", "folded"),
    "trait": ("key",),
    "office": ("claim",),
    "side": ("party",),
    "fact": ("document, kind", "kind, block", "event, speaks", "home"),
    "choice": ("fact",),
    "seek": ("fact",),
    "event": ("kind, block", "draft"),
    "offer": ("event",),
    "support": ("event",),
}


def create_tables(database: sqlite3.Connection, *, without: Collection[str] = ()) -> None:
    """Make the tables where they are missing, but for those that stand in another database attached to this one."""
    for name, columns in _TABLES.items():
        if name in without:
            continue
        rowid = "" if name in _NUMBERED else " WITHOUT ROWID"
        database.execute(f"CREATE TABLE IF NOT EXISTS {name} ({columns}){rowid}")
    for name, indexes in _INDEXES.items():
        if name in without:
            continue
        for number, columns in enumerate(indexes):
            database.execute(f"CREATE INDEX IF NOT EXISTS {name}_by_{number} ON {name} ({columns})")
    database.execute("CREATE INDEX IF NOT EXISTS choice_of_several ON choice (kind, pair) WHERE several")


def drop_tables(database: sqlite3.Connection) -> None:
    """Forget everything, for a world that is to be made anew, perhaps by a version with other tables."""
    for name in _TABLES:
        database.execute(f"DROP TABLE IF EXISTS {name}")
