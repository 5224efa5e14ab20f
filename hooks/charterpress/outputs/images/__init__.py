"""Views → drawings: badges, QR codes and charts."""
