"""The views of the web app: one module each, with a `router`."""
