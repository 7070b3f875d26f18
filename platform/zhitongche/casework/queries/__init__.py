"""What screens ask of casework; they never touch its tables."""
