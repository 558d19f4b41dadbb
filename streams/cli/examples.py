"""Examples of every command, shown under its --help: the quickest way to learn it. Each one is parsed by a test."""

from __future__ import annotations

EXAMPLES: dict[str, tuple[str, ...]] = {
    "check": (
        "payment-filter check deploy/samples/payments/pacs008/0001-instant.xml",
        "payment-filter check --json - < message.xml",
    ),
    "explain": ("payment-filter explain deploy/samples/payments/pacs008/0031-listed-text.xml",),
    "screen": (
        'payment-filter screen "Vasili Drumov" --top 3',
        "payment-filter screen --file names.csv --kind organisation --json",
    ),
    "customers screen": ("payment-filter customers screen customers.csv --log customers.sqlite --all",),
    "customers freshness": ("payment-filter customers freshness customers.csv --log customers.sqlite",),
    "policy check": ("payment-filter policy check deploy/policy.toml",),
    "policy show": ("payment-filter policy show", "payment-filter policy show --coverage"),
    "policy test": ("payment-filter policy test cases.yaml --policy deploy/policy.toml",),
    "policy diff": ("payment-filter policy diff old.toml new.toml --messages recorded/",),
    "policy outcomes": ("payment-filter policy outcomes recorded/",),
    "policy review": ("payment-filter policy review recorded/ --share 0.01 --seed 2026-07",),
    "policy good-guy": ("payment-filter policy good-guy EU EU.1234.56",),
    "lists refresh": ("payment-filter lists refresh --store /var/lib/payment-filter/lists --list EU --publish",),
    "lists import": ("payment-filter lists import downloads/ --store /var/lib/payment-filter/lists",),
    "lists show": ("payment-filter lists show --lists deploy/samples/lists",),
    "lists diff": ("payment-filter lists diff lists/2026-11-20 lists/2026-11-21",),
    "lists verify": ("payment-filter lists verify /var/lib/payment-filter/lists",),
    "lists accuracy": ("payment-filter lists accuracy --lists /var/lib/payment-filter/lists",),
    "lists publish": ("payment-filter lists publish --store /var/lib/payment-filter/lists",),
    "lists workers": ("payment-filter lists workers",),
    "topics create": ("PAYMENT_FILTER_KAFKA_BOOTSTRAP=kafka:9092 payment-filter topics create",),
    "topics check": ("payment-filter topics check",),
    "topics grow": ("payment-filter topics grow 12",),
    "topics access": ("payment-filter topics access",),
    "audit unseal": ('payment-filter audit unseal record.json --keys keys.toml --log audit.jsonl --purpose "case 17"',),
    "audit verify": ("payment-filter audit verify --log audit.jsonl",),
    "audit new-key": ("payment-filter audit new-key 2026-07",),
    "run": ("PAYMENT_FILTER_LISTS=lists PAYMENT_FILTER_POLICY=policy.toml payment-filter run",),
    "demo": (
        "payment-filter demo",
        "payment-filter demo --full",
        "payment-filter demo --lists lists/ --payments messages/ --json",
    ),
    "bench": ("payment-filter bench --quick",),
    "schemas": ("payment-filter schemas --check", "payment-filter schemas --to /tmp/schemas"),
    "completion": ('eval "$(payment-filter completion bash)"',),
}


def epilog(path: str) -> str | None:
    """What stands under the help of `policy check` and the like; one paragraph for each line to print."""
    shown = EXAMPLES.get(path)
    return "\n\n".join(["Examples:", *shown]) if shown else None
