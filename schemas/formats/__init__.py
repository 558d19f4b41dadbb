"""One message format per file, all with decode(raw, limits) -> Message | Finding; detect.py picks one."""
