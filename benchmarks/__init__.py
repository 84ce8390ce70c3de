"""What is measured, against what. `make bench` prints a JSON line a figure."""
