"""What is kept in memory, so that it need not be read or built again; one switch turns all of it off."""
