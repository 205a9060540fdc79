package crooked.house.foundation;

/** A word of the domain where none may be. */
public final class RegistryErrors {
    private RegistryErrors() {}
}
