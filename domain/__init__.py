"""What process improvement is: records, rules, use cases. Knows no Slack, no SQL and no clock."""
