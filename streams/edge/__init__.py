"""Kafka, threads, processes, HTTP: everything that touches the world."""
