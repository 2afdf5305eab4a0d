"""Requests that nobody should send, thousands of them: none is answered as a failure of ours, none changes a value."""
