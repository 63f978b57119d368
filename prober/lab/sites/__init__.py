"""The practice sites, one module each; none knows another."""
