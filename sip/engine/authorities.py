"""Which authorities this system trusts (step ②).

Imported only where TLS is wanted and no file of authorities was named: ``ssl`` is nothing
else's need here.
"""

from __future__ import annotations

import ssl
from pathlib import Path

from pjsua2 import pjsua2 as pj


def trust_the_systems(tls: pj.TlsConfig) -> None:
    paths = ssl.get_default_verify_paths()
    for known in (paths.cafile, paths.openssl_cafile, "/etc/ssl/certs/ca-certificates.crt"):
        if known and Path(known).is_file():
            tls.CaListFile = known
            return
    # Where the system keeps them in a store of its own (Windows).
    authorities = ssl.create_default_context().get_ca_certs(binary_form=True)
    tls.CaBuf = "".join(map(ssl.DER_cert_to_PEM_cert, authorities))
