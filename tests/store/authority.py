"""A time-stamping authority made with OpenSSL, for tests."""

import subprocess
from pathlib import Path

CONFIG = """
[tsa]
default_tsa = here
[here]
serial = {home}/serial
crypto_device = builtin
signer_cert = {home}/tsa.pem
certs = {home}/ca.pem
signer_key = {home}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ordering = yes
tsa_name = yes
ess_cert_id_chain = no
[ext]
extendedKeyUsage = critical,timeStamping
"""


class Authority:
    """`reply(query)` stamps, `chain` is what a verifier needs."""

    def __init__(self, home: Path) -> None:
        self.home = home
        (home / "serial").write_text("01\n")
        (home / "tsa.cnf").write_text(CONFIG.format(home=home))
        new = ["openssl", "req", "-newkey", "rsa:2048", "-nodes", "-subj"]
        self._run(*new, "/CN=Test root", "-x509", "-days", "30", "-keyout", "ca.key", "-out", "ca.pem")
        self._run(*new, "/CN=Test stamps", "-keyout", "tsa.key", "-out", "tsa.csr")
        self._run(
            "openssl", "x509", "-req", "-in", "tsa.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial",
            "-days", "30", "-extfile", "tsa.cnf", "-extensions", "ext", "-out", "tsa.pem",
        )  # fmt: skip
        self.chain = (home / "ca.pem").read_bytes()

    def reply(self, query: bytes) -> bytes:
        (self.home / "query").write_bytes(query)
        self._run("openssl", "ts", "-reply", "-queryfile", "query", "-config", "tsa.cnf", "-out", "reply")
        return (self.home / "reply").read_bytes()

    def _run(self, *command: str) -> None:
        subprocess.run(command, cwd=self.home, check=True, capture_output=True)
