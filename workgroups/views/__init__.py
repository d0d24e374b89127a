"""Pages of groups and their actions."""
