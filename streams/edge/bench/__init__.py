"""The parts of `payment-filter bench`: invented lists and transfers, what is measured, and what it stands beside."""
