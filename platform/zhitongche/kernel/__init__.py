"""The ground floor: time, ids, errors, working days, deadlines, identifiers, text. Pure Python."""
