"""What the audits count with: nothing in here knows or imports the generator."""
