"""What the names in code mean: scopes, imports and attributes, told without running anything."""
