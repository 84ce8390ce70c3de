"""Records → Block Kit: pure functions of a record and a reader's language. The only place that translates."""
