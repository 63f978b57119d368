"""Words and pictures for people, and machine forms for other tools, made from a case."""
