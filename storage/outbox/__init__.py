"""What is to be said: written with its reason, taken in order within the rates, its result noted."""
