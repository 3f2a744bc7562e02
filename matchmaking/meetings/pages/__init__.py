"""What the organizer's pages show, prepared for templates."""
