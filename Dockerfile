FROM python:3.12-slim
WORKDIR /app
COPY requirements.lock pyproject.toml README.md LICENSE ./
RUN pip install --no-cache-dir --require-hashes -r requirements.lock
COPY . .
RUN pip install --no-cache-dir --no-deps --no-build-isolation -e . && python -m scheduler.warm && useradd -m paiban && chown -R paiban /app
USER paiban
EXPOSE 8765
CMD ["paiban", "serve"]
