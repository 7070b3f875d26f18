"""Many tenants, a bad network and crashes in one process, by a seed: thousands of schedules of the same protocol."""
