"""What leaves the service by itself: letters, chat, push, webhooks; out of one box of deliveries, tried until taken."""
