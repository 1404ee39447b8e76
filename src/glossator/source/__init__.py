"""Text becomes sections."""
