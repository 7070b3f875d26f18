"""The dossier 案卷 of a petition: collected, set as one PDF, packed as a bag that proves itself (ST-3.7)."""
