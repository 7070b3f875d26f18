"""Tenancy: packs (schema, load, check, draw, new), their versions, the tenant of a request and its calendar."""
