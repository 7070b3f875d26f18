"""The petition 诉求件: its tables, one file per use case, its clocks, and what screens ask of it."""
