"""Every identity on a real Kafka with TLS, SCRAM, mTLS and ACLs: it can do its job, and is refused all else."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from aiokafka import AIOKafkaConsumer
from confluent_kafka import Consumer, ConsumerGroupTopicPartitions, KafkaError, KafkaException, Producer, TopicPartition
from confluent_kafka.admin import NewTopic
from faust.transport.drivers.aiokafka import credentials_to_aiokafka_auth

from lists.edge.editions import from_store, import_lists
from streams.access import LISTS as LIST_TOPICS
from streams.access import Identity, identities, kafka_acls_commands
from streams.config import Settings
from streams.edge.access_lists import set_access
from streams.edge.admin import reach
from streams.edge.clients import make_admin
from streams.edge.errors import BrokerRefused, WorkerRefused
from streams.edge.faust_login import faust_credentials
from streams.edge.list_topics import board_of, publish
from streams.topics import OUTCOMES, TOPICS, Logical, full_name
from tests.kafka import LISTS, POLICY, PROGRAM, ROOT, Worker, feed, read_all, run_command, samples, wait_until

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.secured import SecuredKafka

pytestmark = [pytest.mark.integration, pytest.mark.requirement("SEC-01", "SEC-02", "SEC-03")]

PREFIX = "bank."

# Written out, not computed: what each may do, and nothing else.
_RESULTS: set[Logical] = {"execute", "suspend", "reject", "decisions", "alerts"}
MAY: dict[Identity, dict[str, set[Logical]]] = {
    "hub": {"write": {"inbound"}, "read": set()},
    "filter": {"write": {*_RESULTS, *LIST_TOPICS}, "read": {"inbound", *LIST_TOPICS}},
    "lists": {"write": set(LIST_TOPICS), "read": set(LIST_TOPICS)},
    "engine": {"write": set(), "read": {"execute", "reject"}},
    "cases": {"write": set(), "read": {"suspend", "alerts", "decisions"}},
    "scaler": {"write": set(), "read": set()},
    "operator": {"write": set(), "read": set()},
}
GROUPS: dict[Identity, str] = {
    "lists": "bank.payment-filter.lists",
    "filter": "bank.payment-filter",
    "engine": "bank.engine.1",
    "cases": "bank.cases",
}


@pytest.fixture(scope="module", autouse=True)
def topics(secured: SecuredKafka) -> None:
    """Made by the operator, each identity's rights set."""
    secured.make_topics(PREFIX)


def _written(settings: Settings, logical: Logical) -> bool:
    errors: list[KafkaError | None] = []
    producer = Producer({**settings.kafka_options(), "enable.idempotence": False, "message.timeout.ms": 8_000})
    producer.produce(
        full_name(logical, settings.topic_prefix), b"v", b"k", partition=0, on_delivery=lambda e, _: errors.append(e)
    )
    assert producer.flush(15) == 0
    [error] = errors
    assert error is None or error.code() == KafkaError.TOPIC_AUTHORIZATION_FAILED, error
    return error is None


def _read(settings: Settings, logical: Logical, group: str) -> bool:
    options = {**settings.kafka_options(), "group.id": group, "enable.partition.eof": True, "log_level": 0}
    consumer = Consumer({**options, "auto.offset.reset": "earliest", "enable.auto.commit": False})
    try:
        name = full_name(logical, settings.topic_prefix)
        said = consumer.list_topics(name, timeout=10).topics[name].error
        if said is not None and said.code() == KafkaError.TOPIC_AUTHORIZATION_FAILED:
            return False
        consumer.assign([TopicPartition(name, 0, 0)])
        for _ in range(20):
            message = consumer.poll(1.0)
            error = None if message is None else message.error()
            if error is not None and error.code() == KafkaError.TOPIC_AUTHORIZATION_FAILED:
                return False
            if message is not None and (error is None or error.code() == KafkaError._PARTITION_EOF):
                return True
        raise AssertionError(f"neither read nor refused: {logical}")
    finally:
        consumer.close()


@pytest.mark.parametrize("by", ["password", "certificate"])
@pytest.mark.parametrize("identity", identities())
def test_an_identity_does_its_job_and_is_refused_every_other_topic(
    secured: SecuredKafka, identity: Identity, by: str
) -> None:
    login = secured.settings if by == "password" else secured.settings_by_certificate
    settings = login(identity, PREFIX)
    group = GROUPS.get(identity, "bank.anything")
    assert {name for name in TOPICS if _written(settings, name)} == MAY[identity]["write"]
    assert {name for name in TOPICS if _read(settings, name, group)} == MAY[identity]["read"]


def _moves(settings: Settings, group: str) -> bool:
    place = TopicPartition(full_name("suspend", PREFIX), 0, 1)
    admin = make_admin(settings)
    [future] = admin.alter_consumer_group_offsets([ConsumerGroupTopicPartitions(group, [place])]).values()
    try:
        future.result(20)
    except KafkaException as failure:
        if failure.args[0].code() != KafkaError.GROUP_AUTHORIZATION_FAILED:
            raise
        return False
    else:
        return True


def test_a_reader_cannot_move_the_filters_place(secured: SecuredKafka) -> None:
    """Whoever could commit in the filter's group could make it skip payments."""
    cases = secured.settings("cases", PREFIX)
    assert _moves(cases, "bank.cases.night")
    assert not _moves(cases, "bank.payment-filter")


def test_nobody_but_the_filter_opens_its_transactions(secured: SecuredKafka) -> None:
    """The id of a worker's transactions fences that worker: another that took it would stop it."""
    options = secured.settings("hub", PREFIX).kafka_options()
    producer = Producer({**options, "transactional.id": "bank.payment-filter.0.0", "log_level": 0})
    with pytest.raises(KafkaException) as refused:
        producer.init_transactions(15)
    assert refused.value.args[0].code() == KafkaError.TRANSACTIONAL_ID_AUTHORIZATION_FAILED


def test_the_operator_makes_no_topic_but_ours(secured: SecuredKafka) -> None:
    admin = make_admin(secured.settings("operator", PREFIX))
    [future] = admin.create_topics([NewTopic("elsewhere", 1, 1)]).values()
    with pytest.raises(KafkaException) as refused:
        future.result(20)
    assert refused.value.args[0].code() == KafkaError.TOPIC_AUTHORIZATION_FAILED


@pytest.mark.parametrize("by", ["password", "certificate"])
def test_a_worker_with_the_filters_rights_decides_payments_exactly_once(
    secured: SecuredKafka, by: str, tmp_path: Path, closing: Callable[[Worker], Worker]
) -> None:
    """Hub, lists job, worker and case tool, each as itself, over TLS. A prefix of its own for each kind of login."""
    prefix = f"{by}."
    secured.make_topics(prefix)
    login = secured.settings if by == "password" else secured.settings_by_certificate
    lists: Path | str = LISTS
    if by == "certificate":
        lists = "kafka:"
        import_lists([LISTS], tmp_path / "store", max_drop=0.1)
        publish(login("lists", prefix), from_store(tmp_path / "store"), (), datetime.now(UTC))
    worker = closing(_worker(login("filter", prefix, lists=lists, policy=POLICY), secured, tmp_path))
    payments = samples()[:40]
    feed(login("hub", prefix), [(b"k%d" % n, raw, []) for n, (_, raw, _) in enumerate(payments)])
    expected = {outcome: sum(one == outcome for _, _, one in payments) for outcome in OUTCOMES}
    readers: dict[Logical, Identity] = {"execute": "engine", "reject": "engine", "suspend": "cases"}

    def found() -> dict[Logical, int]:
        return {outcome: len(_read_as(login, readers[outcome], prefix, outcome)) for outcome in OUTCOMES}

    wait_until(lambda: found() == expected, 60, "every message came out where it belongs")
    assert len(_read_as(login, "cases", prefix, "decisions")) == len(payments)
    if by == "certificate":
        used = board_of(login("filter", prefix))
        assert used.current is not None
        assert {one.edition for one in used.workers.values()} == {used.current.edition}
    worker.signal(signal.SIGTERM)
    assert worker.wait() == 0
    assert not worker.events("kafka_error")


def _worker(settings: Settings, secured: SecuredKafka, folder: Path) -> Worker:
    """Secrets as production gives them: a password in a file, never in the list of processes."""
    if settings.kafka_sasl_username is None:
        return Worker(settings, "0", folder, program=(PROGRAM, "run"))
    secret = folder / "password"
    secret.write_text(secured.passwords["filter"] + "\n", encoding="utf-8")
    filed = settings.model_dump(exclude_unset=True, exclude={"kafka_sasl_password"})
    return Worker(
        Settings.model_validate(filed | {"kafka_sasl_password_file": secret}),
        "0",
        folder,
        program=(PROGRAM, "run"),
    )


def _read_as(login: Callable[..., Settings], identity: Identity, prefix: str, topic: Logical) -> list[object]:
    """As this identity, in a group it may use."""
    return list(read_all(login(identity, prefix), [topic], group=f"{prefix}{identity}.test"))


def _sentence(settings: Settings, *command: str, **more: str) -> str:
    done = run_command(settings, *command, **more)
    assert done.returncode == 2, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    [line] = [line for line in done.stderr.splitlines() if line]
    return line


def test_a_wrong_password_is_said_to_be_one(secured: SecuredKafka) -> None:
    """DESIGN §7, trap 7: left to itself, it shows as a timeout."""
    wrong = {"PAYMENT_FILTER_KAFKA_SASL_PASSWORD": "not this"}
    settings = secured.settings("filter", PREFIX, lists=LISTS, policy=POLICY)
    for command in (("run",), ("topics", "check")):
        sentence = _sentence(settings, *command, **wrong)
        assert "refuses the login of 'filter' with SCRAM-SHA-512" in sentence
        assert "_SASL_PASSWORD" in sentence
        assert "not this" not in sentence


def test_a_broker_whose_certificate_is_not_trusted_is_refused(secured: SecuredKafka) -> None:
    settings = secured.settings("filter", PREFIX, kafka_ssl_ca_location=None)
    with pytest.raises(BrokerRefused, match=r"do not trust each other's certificates.*KAFKA_SSL_CA_LOCATION"):
        reach(settings, 5)


def test_a_client_without_a_certificate_is_refused(secured: SecuredKafka) -> None:
    settings = secured.settings_by_certificate(
        "hub", PREFIX, kafka_ssl_certificate_location=None, kafka_ssl_key_location=None
    )
    with pytest.raises(BrokerRefused, match="certificate is wrong"):
        reach(settings, 5)


def test_a_certificate_file_that_is_not_there_is_one_sentence(secured: SecuredKafka) -> None:
    settings = secured.settings("hub", PREFIX, kafka_ssl_ca_location="/nowhere/ca.pem")
    with pytest.raises(BrokerRefused, match="certificates for Kafka cannot be used"):
        reach(settings, 5)
    with pytest.raises(WorkerRefused, match="KAFKA_SSL_CA_LOCATION"):
        faust_credentials(settings)


@pytest.mark.parametrize("listener", ["password", "certificate"])
def test_nobody_gets_in_without_a_login(secured: SecuredKafka, listener: str) -> None:
    """Anonymous and unencrypted: both listeners refuse."""
    login = secured.settings if listener == "password" else secured.settings_by_certificate
    settings = login("hub", PREFIX).model_copy(update={"kafka_security_protocol": "PLAINTEXT"})
    with pytest.raises(BrokerRefused, match="speaks another protocol"):
        reach(settings, 5)


def test_a_login_without_rights_sees_no_topics(secured: SecuredKafka) -> None:
    sentence = _sentence(secured.settings_by_certificate("stranger", PREFIX, lists=LISTS, policy=POLICY), "run")
    assert "bank.payments.inbound" in sentence
    assert "topics access" in sentence


@pytest.mark.parametrize("by", ["password", "certificate"])
def test_fausts_own_clients_log_in_with_the_same_settings(secured: SecuredKafka, by: str) -> None:
    """What faust.App hands to aiokafka, made into aiokafka's options by Faust itself."""
    login = secured.settings if by == "password" else secured.settings_by_certificate
    settings = login("cases", PREFIX)
    options = credentials_to_aiokafka_auth(faust_credentials(settings), None)

    async def topics() -> set[str]:
        consumer = AIOKafkaConsumer(bootstrap_servers=settings.kafka_bootstrap, group_id="bank.cases.faust", **options)
        await consumer.start()
        try:
            return set(await consumer.topics())
        finally:
            await consumer.stop()

    ours = {name for name in asyncio.run(topics()) if name.startswith(PREFIX)}
    assert ours == {full_name(name, PREFIX) for name in MAY["cases"]["read"]}


def test_rights_are_printed_for_who_may_not_let_us_set_them(secured: SecuredKafka) -> None:
    done = subprocess.run(
        [PROGRAM, "topics", "access", "--principal", "hub=User:payment-hub"],
        env=os.environ | {"PAYMENT_FILTER_TOPIC_PREFIX": PREFIX},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
        cwd=ROOT,
    )
    expected = kafka_acls_commands({"hub": "User:payment-hub"}, PREFIX, "bank.payment-filter")
    assert done.stdout.splitlines()[1:] == expected
    assert "--topic 'bank.payments.inbound' --operation Write --operation Describe" in expected[0]
    with pytest.raises(BrokerRefused, match="cannot be set"):
        set_access(secured.settings("hub", PREFIX), {"hub": "User:hub"})


def test_the_demo_runs_over_tls_with_a_login(secured: SecuredKafka, tmp_path: Path) -> None:
    """On a secured Kafka that is given, by whoever may make topics there; its worker takes the same settings."""
    payments = tmp_path / "payments"
    payments.mkdir()
    for name, raw, _ in samples()[:5]:
        (payments / Path(name).name).write_bytes(raw)
    done = run_command(secured.administrator(""), "demo", "--json", "--payments", str(payments))
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[-1])["in"] == 5
