"""What is done about webhooks; the API's own calls use the features' services."""
