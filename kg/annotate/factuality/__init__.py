"""How real a claim is and who says so: polarity, modality, attribution."""
