"""A bucket of an S3-compatible store, by boto3: its objects under a prefix, its errors in words.

Credentials, region and endpoint are boto3's own: environment (`AWS_…`) or profile. A request's
signature holds the SHA-256 of what it sends, which every store verifies; the checksums that newer
versions of boto3 add are left out, for many stores refuse them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import boto3
from boto3.exceptions import Boto3Error
from botocore import exceptions
from botocore.config import Config

from desk.publishing.object_headers import ObjectHeaders
from desk.publishing.store_errors import explain_answer, explain_failure

PARALLEL = 8  # requests at once
_DELETED_AT_ONCE = 1000  # keys; the limit of S3
_ABSENT = frozenset(("NoSuchKey", "404"))
_CHANGED = frozenset(("PreconditionFailed", "ConditionalRequestConflict", "412", "409"))


class ChangedMeanwhileError(Exception):
    """An object is no longer what a conditional write expects."""


@dataclass(frozen=True)
class Content:
    """An object's bytes, the tag of this version, and its age in seconds by the store's clock."""

    body: bytes
    tag: str
    age: float


class Bucket:
    """The objects of a bucket under a prefix; keys are relative to it.

    Every method raises PublishError when the store cannot be used.
    """

    def __init__(self, name: str, prefix: str = "", endpoint: str | None = None) -> None:
        self._name, self._prefix = name, prefix
        with self._explained():
            session = boto3.session.Session()
            self._client: Any = session.client("s3", endpoint_url=endpoint, config=_CONFIG)

    def sizes(self) -> dict[str, int]:
        """Return the bytes of each object by key."""
        with self._explained():
            pages = self._client.get_paginator("list_objects_v2").paginate(
                Bucket=self._name, Prefix=self._prefix
            )
            return {
                each["Key"].removeprefix(self._prefix): each["Size"]
                for page in pages
                for each in page.get("Contents", ())
            }

    def read(self, key: str) -> Content | None:
        """Return an object; None when there is none."""
        with self._explained():
            try:
                answer = self._client.get_object(**self._at(key))
            except exceptions.ClientError as error:
                if _code_of(error) in _ABSENT:
                    return None
                raise
            said = answer["ResponseMetadata"]["HTTPHeaders"].get("date")
            now = parsedate_to_datetime(said) if said else datetime.now(UTC)
            age = (now - answer["LastModified"]).total_seconds()
            return Content(answer["Body"].read(), answer["ETag"], age)

    def write(self, key: str, body: bytes, headers: ObjectHeaders) -> None:
        """Write an object."""
        self._put(key, body, headers)

    def exchange(self, key: str, body: bytes, headers: ObjectHeaders, tag: str) -> str:
        """Write an object in place of the version with a tag, "" for none; return the new tag.

        Raises:
            ChangedMeanwhileError: another version is there.
        """
        condition = {"IfMatch": tag} if tag else {"IfNoneMatch": "*"}
        return self._put(key, body, headers, **condition)

    def copy(self, source: str, key: str) -> None:
        """Copy an object within the store, with its headers."""
        with self._explained():
            origin = {"Bucket": self._name, "Key": self._prefix + source}
            self._client.copy_object(CopySource=origin, **self._at(key))

    def delete(self, keys: Sequence[str]) -> None:
        """Delete objects in their order; those that are not there are no error."""
        with self._explained():
            for start in range(0, len(keys), _DELETED_AT_ONCE):
                some = keys[start : start + _DELETED_AT_ONCE]
                named = [{"Key": self._prefix + key} for key in some]
                self._client.delete_objects(
                    Bucket=self._name, Delete={"Objects": named, "Quiet": True}
                )

    def _put(self, key: str, body: bytes, headers: ObjectHeaders, **condition: str) -> str:
        encoding = {"ContentEncoding": headers.encoding} if headers.encoding else {}
        kept = {"ContentType": headers.type, "CacheControl": headers.caching, **encoding}
        with self._explained():
            try:
                answer = self._client.put_object(Body=body, **self._at(key), **kept, **condition)
            except exceptions.ClientError as error:
                if condition and _code_of(error) in _CHANGED | _ABSENT:
                    raise ChangedMeanwhileError(key) from None
                raise
            return str(answer["ETag"])

    def _at(self, key: str) -> dict[str, str]:
        return {"Bucket": self._name, "Key": self._prefix + key}

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """Turn the errors of boto3 into PublishError."""
        try:
            yield
        except exceptions.ClientError as error:
            raise explain_answer(_code_of(error), self._name, str(error)) from None
        except (exceptions.BotoCoreError, Boto3Error) as error:
            raise explain_failure(error, self._name) from None


def _code_of(error: exceptions.ClientError) -> str:
    return str(error.response.get("Error", {}).get("Code", ""))


_CONFIG = Config(
    connect_timeout=10,
    read_timeout=60,
    max_pool_connections=PARALLEL,
    retries={"mode": "standard", "max_attempts": 5},
    request_checksum_calculation="when_required",
    response_checksum_validation="when_required",
    s3={"payload_signing_enabled": True},
)
