"""Run the stand-in: `python -m embedded.registry HOST PORT`."""

import sys

import uvicorn

from embedded.registry.application import create_registry

if __name__ == "__main__":
    host, port = sys.argv[1:]
    uvicorn.run(create_registry(), host=host, port=int(port), access_log=False, log_level="warning")
