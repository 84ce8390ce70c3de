"""KPI values from other databases: a query, a connection that only reads, and what went wrong in words."""
