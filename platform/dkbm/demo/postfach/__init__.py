"""Shows in the browser what a demo copy has sent: the mails that its sink has received. Never in production."""
