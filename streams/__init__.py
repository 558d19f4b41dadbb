"""What happens to a payment, and where it goes."""

# In every decision record; the same as the version in pyproject.toml (a test compares them).
ENGINE = "payment-filter 0.1.0"
