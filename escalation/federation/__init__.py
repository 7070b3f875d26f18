"""Several complete deployments on one machine, a bad line between them, and the storm that proves the bridge."""
