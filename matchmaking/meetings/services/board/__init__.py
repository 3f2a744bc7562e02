"""The schedule board: what each place is for a lifted card, and what is done there by hand."""
