"""Where each state stands: measured from what it did, never asserted."""
