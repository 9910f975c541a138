"""A stand-in for the API Recherche d'entreprises, with made-up companies; never in production."""
