package dev.slipway.image.layout;

import dev.slipway.foundation.error.MachineException;
import dev.slipway.foundation.error.Problem;
import dev.slipway.foundation.error.ServiceException;
import dev.slipway.foundation.error.SlipwayException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** What a failure with a layout is to a user. */
final class LayoutErrors {
    private LayoutErrors() {}

    /** The file system's failures are the machine's; others come from where a blob is read, or from what it holds. */
    static SlipwayException failed(Path layout, String what, IOException e) {
        String message = e.getMessage();
        String why = e instanceof FileSystemException file
                ? file.getFile() + ": " + reason(file)
                : message == null ? e.toString() : message;
        Problem problem = new Problem(layout.toString(), what, why, "");
        return e instanceof FileSystemException ? new MachineException(problem, e) : new ServiceException(problem, e);
    }

    private static String reason(FileSystemException e) {
        String reason = e.getReason();
        return reason == null ? e.getClass().getSimpleName().replace("Exception", "") : reason;
    }

    static ServiceException wrong(Path layout, String what, String why) {
        return new ServiceException(new Problem(layout.toString(), what, why, ""));
    }
}
