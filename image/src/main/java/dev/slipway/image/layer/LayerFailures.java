package dev.slipway.image.layer;

import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.error.MachineException;
import dev.slipway.foundation.error.Problem;
import dev.slipway.foundation.error.SlipwayException;
import dev.slipway.foundation.linux.Errno;
import dev.slipway.foundation.linux.LinuxException;
import dev.slipway.foundation.linux.UnmappedOwnerException;

/** What a failed Linux call means to somebody who builds images. */
final class LayerFailures {
    private LayerFailures() {}

    /** Names that no file system takes and links that lead nowhere are the layer's fault, the rest is the machine's. */
    static SlipwayException unpacking(String what, LinuxException e) {
        if (e.is(Errno.ENAMETOOLONG, Errno.ELOOP, Errno.EMLINK)) {
            return new InvalidInputException(Problem.of(what, String.valueOf(e.getMessage())));
        }
        return machine(what, e);
    }

    static MachineException machine(String what, LinuxException e) {
        if (e instanceof UnmappedOwnerException unmapped) {
            Problem owner = unmapped.problem();
            return new MachineException(
                    Problem.of(what, owner.what() + ": " + owner.why()).remedy(owner.remedy()), e);
        }
        if (e.call().startsWith("mknod") && e.is(Errno.EPERM)) {
            return new MachineException(
                    Problem.of(what, String.valueOf(e.getMessage()))
                            .remedy("the layer has a device, which only the root of a machine can make: run as root"),
                    e);
        }
        Problem problem = Problem.of(what, String.valueOf(e.getMessage()));
        String remedy = switch (e.errno()) {
            case Errno.ENOSPC, Errno.EDQUOT -> "free space where the store lies, or put the store elsewhere";
            case Errno.EPERM, Errno.EACCES -> "run as root, or in a user namespace that maps all ids";
            case Errno.ENOSYS -> "Linux 5.6 or later is needed, and a seccomp profile that knows its calls";
            default -> "";
        };
        return new MachineException(problem.remedy(remedy), e);
    }
}
