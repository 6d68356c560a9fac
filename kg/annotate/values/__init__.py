"""Values: times resolved against the publication date, sums of money, counts."""
