"""Encrypting short secrets under a key that stands beside the databases, not in them: a copy of a
database alone gives nothing away.

AES-256-GCM under a key that HKDF-SHA256 derives from the server's own. The library is imported
where it is needed: few requests do.
"""

import base64
import binascii
import secrets
from typing import Final

_VERSION: Final = "1."
_SALT: Final = b"relais sealing 1"
_NONCE: Final = 12


class SealBroken(Exception):
    """Sealed under another key, for somebody else, or altered."""


def seal(text: str, *, key: str, about: str) -> str:
    """`text` encrypted; it opens with the same key and the same `about` alone."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = secrets.token_bytes(_NONCE)
    hidden = AESGCM(derived_key(key, "encrypt")).encrypt(nonce, text.encode(), about.encode())
    return _VERSION + base64.urlsafe_b64encode(nonce + hidden).decode()


def unseal(sealed: str, *, key: str, about: str) -> str:
    """The reverse of `seal`; raises `SealBroken`."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    if not sealed.startswith(_VERSION):
        raise SealBroken
    try:
        data = base64.urlsafe_b64decode(sealed.removeprefix(_VERSION))
        cipher = AESGCM(derived_key(key, "encrypt"))
        return cipher.decrypt(data[:_NONCE], data[_NONCE:], about.encode()).decode()
    except (binascii.Error, ValueError, InvalidTag):
        raise SealBroken from None


def derived_key(key: str, purpose: str) -> bytes:
    """32 bytes for one purpose, by HKDF with SHA-256."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), length=32, salt=_SALT, info=purpose.encode()).derive(key.encode())
