"""The parts of `payment-filter demo`: messages and traffic, real workers, and for --full a watched hour."""
