"""Simulated people: believable enterprises, officials and words, all drawn from one seed."""
