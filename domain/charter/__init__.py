"""The charter of voluntary insertion commitments: what it asks, when, and what follows."""
