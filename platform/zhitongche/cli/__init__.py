"""The words of `./zhitongche`: one module each, see `words.py`."""
