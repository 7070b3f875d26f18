"""Who may: units, people, enterprises, sign-in, standing in. Floor 4."""
