"""What time does: one module a job. A job says what is due for one period of one subject; it knows no cron."""
