"""The login of Faust's own Kafka clients (aiokafka), from the same settings as that of the hot path (librdkafka)."""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING

import faust

from streams.config import PREFIX
from streams.edge.errors import WorkerRefused

if TYPE_CHECKING:
    from streams.config import Settings


def faust_credentials(settings: Settings) -> faust.SASLCredentials | faust.SSLCredentials | None:
    """What faust.App takes as `broker_credentials`; None for PLAINTEXT. Raises WorkerRefused for unusable files."""
    protocol = settings.kafka_security_protocol
    if protocol == "PLAINTEXT":
        return None
    context = tls_context(settings) if protocol.endswith("SSL") else None
    if protocol == "SSL":
        return faust.SSLCredentials(context)
    return faust.SASLCredentials(
        username=settings.kafka_sasl_username,
        password=settings.password(),
        ssl_context=context,
        mechanism=settings.kafka_sasl_mechanism,
    )


def tls_context(settings: Settings) -> ssl.SSLContext:
    """TLS as librdkafka does it: the broker's certificate and name are verified; ours is shown where there is one."""
    password = settings.kafka_ssl_key_password
    try:
        context = ssl.create_default_context(cafile=settings.kafka_ssl_ca_location)
        if settings.kafka_ssl_certificate_location is not None:
            context.load_cert_chain(
                settings.kafka_ssl_certificate_location,
                settings.kafka_ssl_key_location,
                (lambda: "") if password is None else password.get_secret_value,  # never ask at a terminal
            )
    except (OSError, ssl.SSLError) as error:
        raise WorkerRefused(
            f"the certificates for Kafka cannot be used ({error.strerror or error}): correct "
            f"{PREFIX}KAFKA_SSL_CA_LOCATION, _SSL_CERTIFICATE_LOCATION, _SSL_KEY_LOCATION and _SSL_KEY_PASSWORD"
        ) from None
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context
