"""Maps of districts, drawn on the server as SVG: outlines that everybody may use, coloured by a number."""
