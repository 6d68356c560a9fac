"""Entity mentions: names found, classed, linked and joined, with the titles before them."""
