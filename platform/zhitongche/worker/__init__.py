"""The worker: Celery wakes it, the rows in PostgreSQL are the queue."""
