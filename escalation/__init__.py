"""The bridge from town to county to city. It calls the platform's use cases; the platform does not know it."""
