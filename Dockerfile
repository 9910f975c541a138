# The image of api, worker and migrate: the same code, three commands.
# Secrets come from the environment when it runs; none is built in.

FROM python:3.11.13-slim-bookworm AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /opt/venv
WORKDIR /app
COPY . .
RUN /opt/venv/bin/pip install --constraint constraints.txt --editable . \
    && /opt/venv/bin/python -m compileall -q /app

FROM python:3.11.13-slim-bookworm
RUN useradd --system --uid 10001 --create-home trophees \
    && install -d -o trophees /data
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    TROPHEES_ENVIRONMENT=production \
    TROPHEES_STATE_DIR=/data \
    TROPHEES_WEB_HOST=0.0.0.0
COPY --from=build /opt/venv /opt/venv
COPY --from=build /app /app
WORKDIR /app
USER 10001
VOLUME /data
EXPOSE 8000
CMD ["trophees", "serve"]
