"""The situation as sourced, dated data."""
