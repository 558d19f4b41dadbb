"""Who is listed, and whether anything in a payment is one of them."""
