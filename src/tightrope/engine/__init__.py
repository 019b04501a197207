"""Thousands of runs of the model, labelled, summarised and written."""
