"""The nouns: frozen, checked, JSON in and out."""
