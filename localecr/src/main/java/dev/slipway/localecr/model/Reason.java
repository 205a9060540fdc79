package dev.slipway.localecr.model;

/**
 * Why ECR refuses, with both of its faces: status and code of the registry protocol, and the error type of the API
 * (whose status is always 400).
 *
 * @see <a href="https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#error-codes">
 *     distribution-spec, error codes</a>
 * @see <a href="https://docs.aws.amazon.com/AmazonECR/latest/APIReference/CommonErrors.html">ECR, common errors</a>
 */
public enum Reason {
    REPOSITORY_MISSING(404, "NAME_UNKNOWN", "RepositoryNotFoundException"),
    REPOSITORY_EXISTS(400, "NAME_INVALID", "RepositoryAlreadyExistsException"),
    REPOSITORY_NOT_EMPTY(400, "UNSUPPORTED", "RepositoryNotEmptyException"),
    REPOSITORY_NAME(400, "NAME_INVALID", "InvalidParameterException"),
    TAG_GRAMMAR(400, "TAG_INVALID", "InvalidParameterException"),
    TAG_IMMUTABLE(400, "TAG_INVALID", "ImageTagAlreadyExistsException"),
    MANIFEST_REJECTED(405, "UNSUPPORTED", "InvalidParameterException"),
    MANIFEST_DIGEST(400, "DIGEST_INVALID", "ImageDigestDoesNotMatchException"),
    IMAGE_MISSING(404, "MANIFEST_UNKNOWN", "ImageNotFoundException"),
    IMAGE_REFERENCED(405, "UNSUPPORTED", "InvalidParameterException"),
    LAYERS_MISSING(404, "BLOB_UPLOAD_UNKNOWN", "LayersNotFoundException"),
    CHILDREN_MISSING(400, "MANIFEST_BLOB_UNKNOWN", "ReferencedImagesNotFoundException"),
    BLOB_MISSING(404, "BLOB_UNKNOWN", "LayersNotFoundException"),
    BLOB_DIGEST_SYNTAX(400, "DIGEST_INVALID", "InvalidLayerException"),
    BLOB_DIGEST_DIFFERS(400, "BLOB_UPLOAD_INVALID", "InvalidLayerException"),
    PART_OUT_OF_ORDER(416, "BLOB_UPLOAD_INVALID", "InvalidLayerPartException"),
    PART_TOO_SMALL(400, "BLOB_UPLOAD_INVALID", "LayerPartTooSmallException"),
    UPLOAD_MISSING(404, "BLOB_UPLOAD_UNKNOWN", "UploadNotFoundException"),
    TOKEN_EXPIRED(403, "DENIED", "ExpiredTokenException"),
    PARAMETER(405, "UNSUPPORTED", "InvalidParameterException"),
    NO_SUCH_OPERATION(404, "UNSUPPORTED", "UnknownOperationException"),
    NOT_SIGNED(401, "UNAUTHORIZED", "MissingAuthenticationTokenException"),
    SIGNATURE_INCOMPLETE(401, "UNAUTHORIZED", "IncompleteSignatureException"),
    SIGNATURE_DIFFERS(401, "UNAUTHORIZED", "InvalidSignatureException"),
    SERIALIZATION(400, "UNSUPPORTED", "SerializationException"),
    CALLER_UNKNOWN(401, "UNAUTHORIZED", "UnrecognizedClientException");

    private final int status;
    private final String code;
    private final String apiType;

    Reason(int status, String code, String apiType) {
        this.status = status;
        this.code = code;
        this.apiType = apiType;
    }

    /** The status that the registry protocol answers. */
    public int status() {
        return status;
    }

    /** The code in the registry protocol's error body. */
    public String code() {
        return code;
    }

    /** The {@code __type} of the API's error body. */
    public String apiType() {
        return apiType;
    }

    /** Makes the refusal for a {@code throw}. */
    public Refusal refuse(String text) {
        return new Refusal(this, text);
    }
}
