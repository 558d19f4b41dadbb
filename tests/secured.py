"""A real Kafka with TLS, SCRAM, mTLS and an authorizer; every listener asks who calls, and nobody may do anything."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import trustme
from confluent_kafka.admin import (
    AdminClient,
    ScramCredentialInfo,
    ScramMechanism,
    UserScramCredentialAlteration,
    UserScramCredentialUpsertion,
)
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key

from streams.access import Identity, identities
from streams.config import Settings
from streams.edge.access_lists import set_access
from streams.edge.admin import create_topics
from streams.edge.broker import Cluster, free_ports
from streams.edge.errors import BrokerRefused

BROKER = "broker"
RIGHTS_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class Certificate:
    """Paths of a certificate chain, its key, and both in one file (as Kafka takes them)."""

    chain: Path
    key: Path
    both: Path


class Authority:
    """A certification authority of the test's own."""

    def __init__(self, folder: Path) -> None:
        self._ca = trustme.CA(organization_name="Tests")
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.path = folder / "ca.pem"
        self._ca.cert_pem.write_to_path(str(self.path))

    def issue(self, name: str) -> Certificate:
        """For this machine, in this name (the certificate's common name)."""
        leaf = self._ca.issue_cert("localhost", "127.0.0.1", common_name=name)
        key = load_pem_private_key(leaf.private_key_pem.bytes(), None)
        pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())  # the only form Kafka reads
        chain = b"".join(blob.bytes() for blob in leaf.cert_chain_pems)
        made = Certificate(*(self._folder / f"{name}.{kind}.pem" for kind in ("chain", "key", "both")))
        made.chain.write_bytes(chain)
        made.key.write_bytes(pem)
        made.both.write_bytes(pem + chain)
        return made


class SecuredKafka:
    """The broker, its identities' passwords and certificates. A context manager."""

    def __init__(self, folder: Path) -> None:
        self.authority = Authority(folder / "certificates")
        self._broker = self.authority.issue(BROKER)
        self.passwords = {str(identity): f"the-password-of-{identity}" for identity in identities()}
        self._cluster = Cluster(folder / "kafka")
        [self._sasl_port] = free_ports(1)
        self._cluster.extra.update(self._properties())
        self._cluster.client.update(self._mutual(self._broker))

    def __enter__(self) -> Self:
        self._cluster.__enter__()
        self._make_users()
        return self

    def __exit__(self, *_: object) -> None:
        self._cluster.__exit__()

    def settings(self, identity: Identity | str, prefix: str, **changes: object) -> Settings:
        """Login by name and password (SASL_SSL, SCRAM)."""
        given: dict[str, object] = {
            "kafka_bootstrap": f"localhost:{self._sasl_port}",
            "kafka_security_protocol": "SASL_SSL",
            "kafka_sasl_mechanism": "SCRAM-SHA-512",
            "kafka_sasl_username": identity,
            "kafka_sasl_password": self.passwords.get(identity, "unknown"),
            "kafka_ssl_ca_location": self.authority.path,
            "topic_prefix": prefix,
            "partitions": 2,
            "profile": "production",
        }
        return Settings.model_validate(given | changes)

    def settings_by_certificate(self, name: str, prefix: str, **changes: object) -> Settings:
        """Login by certificate (mTLS); the certificate's common name is who calls."""
        certificate = self.authority.issue(name)
        given: dict[str, object] = {
            "kafka_bootstrap": self._cluster.bootstrap.replace("127.0.0.1", "localhost"),
            "kafka_security_protocol": "SSL",
            "kafka_ssl_ca_location": self.authority.path,
            "kafka_ssl_certificate_location": certificate.chain,
            "kafka_ssl_key_location": certificate.key,
            "topic_prefix": prefix,
            "partitions": 2,
            "profile": "production",
        }
        return Settings.model_validate(given | changes)

    def administrator(self, prefix: str) -> Settings:
        """The only one who may do everything: the broker itself."""
        return self.settings_by_certificate(BROKER, prefix)

    def make_topics(self, prefix: str) -> None:
        """Every identity gets its rights, by its own name, and the operator makes the topics."""
        set_access(self.administrator(prefix), {identity: f"User:{identity}" for identity in identities()})
        deadline = time.monotonic() + RIGHTS_SECONDS
        while True:
            try:
                create_topics(self.settings("operator", prefix))
            except BrokerRefused:  # rights reach the broker a moment after they are set
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.2)
            else:
                return

    def _properties(self) -> dict[str, str]:
        [node] = self._cluster.nodes
        store = {"type": "PEM", "location": str(self._broker.both)}
        trust = {"type": "PEM", "location": str(self.authority.path)}
        return {
            "listeners": f"SSL://127.0.0.1:{node.port},SASL_SSL://127.0.0.1:{self._sasl_port},"
            f"CONTROLLER://127.0.0.1:{node.controller_port}",
            "advertised.listeners": f"SSL://localhost:{node.port},SASL_SSL://localhost:{self._sasl_port}",
            "listener.security.protocol.map": "SSL:SSL,SASL_SSL:SASL_SSL,CONTROLLER:SSL",
            "inter.broker.listener.name": "SSL",
            "listener.name.sasl_ssl.ssl.client.auth": "none",
            "ssl.client.auth": "required",
            **{f"ssl.keystore.{name}": value for name, value in store.items()},
            **{f"ssl.truststore.{name}": value for name, value in trust.items()},
            "ssl.principal.mapping.rules": "RULE:^.*CN=([^,]+).*$/$1/,DEFAULT",
            "sasl.enabled.mechanisms": "SCRAM-SHA-512",
            "listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config": (
                "org.apache.kafka.common.security.scram.ScramLoginModule required;"
            ),
            "authorizer.class.name": "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
            "allow.everyone.if.no.acl.found": "false",
            "super.users": f"User:{BROKER}",
        }

    def _mutual(self, certificate: Certificate) -> dict[str, str]:
        return {
            "security.protocol": "SSL",
            "ssl.ca.location": str(self.authority.path),
            "ssl.certificate.location": str(certificate.chain),
            "ssl.key.location": str(certificate.key),
        }

    def _make_users(self) -> None:
        how = ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096)
        wanted: list[UserScramCredentialAlteration] = [
            UserScramCredentialUpsertion(name, how, word.encode()) for name, word in self.passwords.items()
        ]
        admin = AdminClient(self.administrator("").kafka_options())
        for future in admin.alter_user_scram_credentials(wanted).values():
            future.result(20)
