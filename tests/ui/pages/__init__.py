"""The app's pages beside the conversation, run by Streamlit's own test runner."""
