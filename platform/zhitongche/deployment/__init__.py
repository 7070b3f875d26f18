"""Deployment: the embedded PostgreSQL and the supervisor that runs the whole product in the foreground."""
