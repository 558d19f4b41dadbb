"""What a payment is, and whether it says enough about payer and payee. Pure: no files, network, clock or logging."""
