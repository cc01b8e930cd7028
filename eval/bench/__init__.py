"""Benchmarks: speed and memory by size (`speed`), side by side with what a user would take instead (`beside`)."""
