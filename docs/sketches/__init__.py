"""The pictures of the mechanisms: numbers from the model, lines from `plot`."""
