"""Pictures: checked in git, mended by command, and published in the sizes that phones need."""
