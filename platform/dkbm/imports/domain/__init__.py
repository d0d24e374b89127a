"""Loading: from checked files to rows, through the domain functions of the apps below."""
