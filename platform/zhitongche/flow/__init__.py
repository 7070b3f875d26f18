"""The rules of a case as data: definition, decision, clocks. Pure Python, no table, no screen."""
