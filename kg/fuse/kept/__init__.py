"""What fusing keeps between builds, so that a change finds what it touches by an index and leaves the rest alone."""
