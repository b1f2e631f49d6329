"""One signed S3 request, written from AWS's description of Signature Version 4 and independent of the product's signer."""

import datetime
import hashlib
import hmac
import http.client
import urllib.parse


def send(method, endpoint, path, access_key, secret_key, body=b"", headers=None, region="us-east-1", query=""):
    """Returns (status, body). `path` and `query` must be encoded already, the query sorted by name."""
    url = urllib.parse.urlsplit(endpoint)
    now = datetime.datetime.now(datetime.timezone.utc).strftime("%Y%m%dT%H%M%SZ")
    digest = hashlib.sha256(body).hexdigest()
    signed = {"host": url.netloc, "x-amz-content-sha256": digest, "x-amz-date": now}
    signed.update({name.lower(): value for name, value in (headers or {}).items()})
    names = ";".join(sorted(signed))
    canonical = "\n".join([method, path, query, *(f"{name}:{signed[name].strip()}" for name in sorted(signed)), "", names, digest])
    scope = f"{now[:8]}/{region}/s3/aws4_request"
    to_sign = "\n".join(["AWS4-HMAC-SHA256", now, scope, hashlib.sha256(canonical.encode()).hexdigest()])
    key = ("AWS4" + secret_key).encode()
    for part in (now[:8], region, "s3", "aws4_request"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    signature = hmac.new(key, to_sign.encode(), hashlib.sha256).hexdigest()
    signed["Authorization"] = f"AWS4-HMAC-SHA256 Credential={access_key}/{scope}, SignedHeaders={names}, Signature={signature}"
    connection = http.client.HTTPConnection(url.hostname, url.port, timeout=30)
    try:
        connection.request(method, path + ("?" + query if query else ""), body=body, headers=signed)
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()
