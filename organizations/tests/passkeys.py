"""A device that keeps passkeys, in a test's hand."""

import json
import re
from hashlib import sha256
from html import unescape

from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.webauthn.internal.auth import WebAuthn
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

FLAG = AuthenticatorData.FLAG
HOST = "localhost"


class Device:
    """One passkey of one user, at http://localhost."""

    def __init__(self, user):
        self.user = user
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = sha256(str(user.pk).encode()).digest()

    def added(self, name="Phone"):
        """The passkey, as it is stored once it was added."""
        return WebAuthn.add(self.user, name, self.create("YW55")).instance

    def create(self, challenge, flags=FLAG.UP | FLAG.UV | FLAG.AT):
        public_key = ES256.from_cryptography_key(self.key.public_key())
        data = AttestedCredentialData.create(bytes(16), self.id, public_key) if flags & FLAG.AT else b""
        attestation = AttestationObject.create("none", self._says(flags, data), {})
        return self._credential(
            clientDataJSON=self._client("webauthn.create", challenge), attestationObject=bytes(attestation)
        )

    def get(self, challenge, flags=FLAG.UP | FLAG.UV):
        data, client = self._says(flags), self._client("webauthn.get", challenge)
        signature = self.key.sign(data + sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        handle = user_pk_to_url_str(self.user).encode()
        return self._credential(clientDataJSON=client, authenticatorData=data, signature=signature, userHandle=handle)

    def _says(self, flags, data=b""):
        return AuthenticatorData.create(sha256(HOST.encode()).digest(), flags, 0, data)

    def _client(self, kind, challenge):
        return bytes(CollectedClientData.create(kind, challenge, f"http://{HOST}"))

    def _credential(self, **parts):
        response = {name: websafe_encode(bytes(part)) for name, part in parts.items()}
        own = websafe_encode(self.id)
        return {"id": own, "rawId": own, "type": "public-key", "response": response, "clientExtensionResults": {}}


def options_on(page):
    """What a page asks the browser for."""
    return json.loads(unescape(re.findall(r'data-options="([^"]*)"', page)[0]))
