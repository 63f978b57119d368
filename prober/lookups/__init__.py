"""Questions to public registries about a suspect's domain and address; asked only when the user allows it."""
