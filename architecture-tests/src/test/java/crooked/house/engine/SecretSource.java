package crooked.house.engine;

/** A port. */
public interface SecretSource {}
