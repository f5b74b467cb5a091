"""Names of a script live until it ends."""
rows = list(range(2_000_000))
total = sum(rows)
chart = bytearray(100_000_000)
print(total, len(chart))
