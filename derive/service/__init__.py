"""The JSON API: pure handlers usable without HTTP, and a thin server over them. Nothing here knows mathematics."""
