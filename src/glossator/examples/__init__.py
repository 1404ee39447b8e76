"""Examples that run: from the text of a file to what each of its examples did on each device."""
