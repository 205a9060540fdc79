package dev.slipway.step.model;

/** Where something is defined, and so how it is referred to. */
public enum Scope {
    ACCOUNT("account."),
    ORG("org."),
    PROJECT("");

    private final String prefix;

    Scope(String prefix) {
        this.prefix = prefix;
    }

    /** What stands before the identifier in a reference. */
    public String prefix() {
        return prefix;
    }
}
