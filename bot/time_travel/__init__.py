"""Business time that people move, in the sandbox only."""
