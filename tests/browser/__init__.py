"""The app in a real browser: Chromium, without a window, against the app as `pincite ui` serves it."""
