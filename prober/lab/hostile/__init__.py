"""The hostile wing: practice sites that attack whoever probes them, each with what a prober must make of it."""
