"""Real browsers, today's and old ones, and the tiny sites that they read."""
