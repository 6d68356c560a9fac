"""Groups of event classes that fusing treats alike."""

from __future__ import annotations

__all__ = ["CASUALTIES", "GATHERINGS", "STATES"]

STATES = frozenset({"HoldOffice", "Employ", "Member", "Ally", "Border", "Locate", "Own"})
"""Classes that hold over time: reports of any date tell of the same state."""

GATHERINGS = frozenset({"Meet", "Visit", "Negotiate", "Exercise", "Protest"})
"""Classes that parties and day identify, whatever is talked about; what was not talked about is told apart."""

CASUALTIES = frozenset({"Attack", "Death"})
"""Classes whose counts are of people who were killed or hurt; a toll rises as more of them are found."""
