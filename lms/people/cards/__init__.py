"""Cards and PINs: how somebody without e-mail or password is known at a kiosk."""
