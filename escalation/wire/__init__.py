"""What travels between tenants, as bytes: messages, signatures, keys, the trust list. Pure Python, no I/O."""
