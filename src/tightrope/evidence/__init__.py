"""What is reported, by whom: sources and the claims that cite them."""
