"""Shows in the browser what a demo copy has sent: the mails in its sink. Never in production."""
