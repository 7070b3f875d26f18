"""Carries messages: keys and trust on disk, the ways to a peer, the loop that sends, the door that receives."""
