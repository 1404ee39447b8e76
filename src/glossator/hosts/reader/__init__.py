"""A folder read in the browser: pages are framed by Material when they are asked for."""
