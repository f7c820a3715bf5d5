"""What a store's refusals mean, in Vietnamese, with a remedy."""

from __future__ import annotations

from botocore import exceptions

from desk.publishing.target import PublishError

_RERUN = "phần đã gửi không phải gửi lại"
_KEYS = (
    "đặt AWS_ACCESS_KEY_ID và AWS_SECRET_ACCESS_KEY, hoặc AWS_PROFILE, theo deploy/object-store.md"
)
# The codes of one meaning, what it is, the remedy; "{}" is the bucket.
_ANSWERS = (
    (
        "NoSuchBucket",
        "kho không có thùng chứa (bucket) tên '{}'",
        "tạo nó theo deploy/object-store.md, hoặc sửa tên trong TO",
    ),
    (
        "InvalidAccessKeyId SignatureDoesNotMatch InvalidToken ExpiredToken InvalidSecurity 401",
        "kho không nhận khóa truy cập: khóa sai, đã hết hạn hoặc đã bị thu hồi",
        _KEYS,
    ),
    (
        "RequestTimeTooSkewed RequestExpired",
        "đồng hồ máy này lệch giờ của kho nên kho từ chối",
        "chỉnh giờ (sudo timedatectl set-ntp true) rồi chạy lại",
    ),
    (
        "AccessDenied AllAccessDisabled AccountProblem NotSignedUp 403",
        "khóa truy cập không có quyền trên thùng chứa '{}'",
        "cho khóa liệt kê, đọc, ghi và xóa trong thùng chứa đó, theo deploy/object-store.md",
    ),
    (
        "QuotaExceeded InsufficientStorage InsufficientCapacity StorageFull ServiceQuotaExceeded"
        " XMinioStorageFull XMinioAdminBucketQuotaExceeded 507",
        "kho đã đầy hoặc hết hạn mức nên không nhận thêm",
        f"tăng hạn mức với nhà cung cấp rồi chạy lại: {_RERUN}",
    ),
    (
        "SlowDown RequestTimeout ServiceUnavailable InternalError TooManyRequests Throttling"
        " RequestLimitExceeded 429 500 502 503 504",
        "kho đang bận, đã thử lại nhiều lần",
        f"chờ vài phút rồi chạy lại: {_RERUN}",
    ),
    (
        "PermanentRedirect TemporaryRedirect AuthorizationHeaderMalformed 301",
        "thùng chứa '{}' ở vùng (region) khác",
        "đặt AWS_DEFAULT_REGION là vùng của thùng chứa rồi chạy lại",
    ),
    (
        "NotImplemented 501",
        "kho không hiểu một yêu cầu của chuẩn S3",
        "dùng kho có If-Match, CopyObject và DeleteObjects, theo deploy/object-store.md",
    ),
)
_NO_CREDENTIALS = (
    exceptions.NoCredentialsError,
    exceptions.PartialCredentialsError,
    exceptions.CredentialRetrievalError,
    exceptions.NoAuthTokenError,
    exceptions.SSOError,
)


def explain_answer(code: str, bucket: str, said: str) -> PublishError:
    """Return what an error code of a store means; `said` is its own text, for codes not known."""
    for codes, message, fix in _ANSWERS:
        if code in codes.split():
            return PublishError(message.format(bucket), fix)
    return PublishError(f"kho trả lời lỗi: {said}", f"hỏi nhà cung cấp kho, chạy lại: {_RERUN}")


def explain_failure(error: Exception, bucket: str) -> PublishError:
    """Return why a store was not reached, by the error of boto3."""
    if isinstance(error, exceptions.ProfileNotFound):
        return PublishError("không có hồ sơ (profile) khóa truy cập mà AWS_PROFILE nêu", _KEYS)
    if isinstance(error, _NO_CREDENTIALS):
        return PublishError("chưa có khóa truy cập kho, hoặc khóa không đủ hai phần", _KEYS)
    if isinstance(error, exceptions.ParamValidationError):
        return PublishError(f"'{bucket}' không thể là tên thùng chứa (bucket)", "sửa tên trong TO")
    if isinstance(error, exceptions.SSLError):
        return PublishError(
            "chứng chỉ (https) của kho không hợp lệ với máy này",
            "kiểm tra giờ của máy và AWS_CA_BUNDLE; không tắt việc kiểm tra chứng chỉ",
        )
    if isinstance(error, (exceptions.HTTPClientError, exceptions.ConnectionError)):
        return PublishError(
            "không kết nối được tới kho, hoặc mạng đứt giữa chừng",
            f"kiểm tra mạng và AWS_ENDPOINT_URL_S3 rồi chạy lại: {_RERUN}",
        )
    return PublishError(f"không dùng được kho: {error}", "xem deploy/object-store.md")
