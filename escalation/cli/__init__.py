"""Words of the command line that the bridge adds."""
