"""Practice sites on loopback: scams, honest services and obstacles, for analysts, tests and the demo."""
