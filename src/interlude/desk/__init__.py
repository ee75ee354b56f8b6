"""Questions to the front desk."""
