# Pin the base to a digest when you build what you will run:
#   docker build --build-arg BASE=python:3.11-slim@sha256:DIGEST --tag tocsin .
# `docker buildx imagetools inspect python:3.11-slim` shows today's digest.
ARG BASE=python:3.11-slim

FROM ${BASE} AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /build
COPY requirements/build.lock requirements/run.lock requirements/
# Everything by hash: an altered package is refused. The locks name no index.
RUN python -m venv /opt/forge \
 && /opt/forge/bin/pip install --require-hashes --requirement requirements/build.lock
RUN python -m venv /opt/tocsin \
 && /opt/tocsin/bin/pip install --require-hashes --requirement requirements/run.lock
COPY pyproject.toml README.md LICENSE CHANGELOG.md ./
COPY service service
COPY rules rules
RUN /opt/forge/bin/hatchling build --target wheel \
 && /opt/tocsin/bin/pip install --no-deps --no-index dist/*.whl \
 && /opt/tocsin/bin/python -m compileall -q /opt/tocsin/lib

FROM ${BASE}
LABEL org.opencontainers.image.title="Tocsin" \
      org.opencontainers.image.description="An alert feed for people who watch wars." \
      org.opencontainers.image.licenses="Apache-2.0"
# Nobody's user: it owns its data and nothing else.
RUN install -d -o 10001 -g 10001 -m 0750 /var/lib/tocsin
COPY --from=build /opt/tocsin /opt/tocsin
ENV PATH=/opt/tocsin/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    HOME=/tmp \
    TOCSIN_DATA=/var/lib/tocsin \
    TOCSIN_LOG__FORMAT=json
WORKDIR /var/lib/tocsin
USER 10001:10001
VOLUME /var/lib/tocsin
EXPOSE 8420
# Alive, not ready: a Redis that is away must not lead to restarts.
HEALTHCHECK --interval=15s --timeout=5s --start-period=20s --retries=3 \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8420/healthz', timeout=3)"]
# Exec form: Tocsin is process 1 and hears SIGTERM itself.
ENTRYPOINT ["tocsin"]
CMD ["run"]
