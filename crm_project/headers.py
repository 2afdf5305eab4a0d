"""What browsers are told of our answers beyond what Django says itself."""

from csp.constants import NONE, SELF
from csp.utils import build_policy

CONTENT_SECURITY_POLICY: dict[str, dict[str, list[str]]] = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
ON_EVERY_ANSWER = {  # nobody else embeds us, and our pages want no device of whoever reads them
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
# The API's is the same for every answer, so it is spelled once; pages have theirs from django-csp.
POLICY_OF_API: str = build_policy(CONTENT_SECURITY_POLICY["DIRECTIVES"])
