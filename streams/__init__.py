"""What happens to a payment, and where it goes."""
