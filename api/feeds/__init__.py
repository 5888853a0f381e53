"""Calendar subscriptions (RFC 5545, RFC 7986): private links, each of one person and one device."""
