"""What other registrants filed on the same item, and where a draft stands among them."""
