package dev.slipway.foundation.http;

import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** An answer whose body has not been read. Closing it releases the connection; whoever sent the request closes it. */
public interface HttpAnswer extends AutoCloseable {
    int status();

    /** The first value of the header, compared without case. */
    Optional<String> header(String name);

    /** Every value of the header in the order received, compared without case. */
    default List<String> headerValues(String name) {
        return header(name).stream().toList();
    }

    /** The body; a read that stalls longer than the transport's limit, or breaks off, throws an IOException. */
    InputStream body();

    /** The URI that answered, after redirects. */
    URI uri();

    @Override
    void close();
}
