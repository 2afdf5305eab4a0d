"""Each proof can fail: what it looks for is planted, and found."""
