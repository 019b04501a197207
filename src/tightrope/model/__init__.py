"""The monthly model: one rule, its mechanisms, and the step that runs them. Arrays only."""
