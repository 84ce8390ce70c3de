"""The web side: Slack's requests in HTTP mode, health and metrics, KPI values that programs push."""
