"""The web page and the HTTP API: a face over app, like the command line."""
