"""What joins the session to the engine, to child processes and to settings."""
