"""Zhitongche 直通车: governments take, handle and answer the petitions of enterprises."""
