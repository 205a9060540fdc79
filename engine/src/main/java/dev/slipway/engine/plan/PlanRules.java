package dev.slipway.engine.plan;

import dev.slipway.dockerfile.shell.Expander;
import java.time.Instant;
import java.util.Optional;

/**
 * What is the same for all stages while they are evaluated.
 *
 * @param epoch what SOURCE_DATE_EPOCH is
 * @param faults where the faults of instructions go
 */
record PlanRules(Expander expander, Optional<Instant> epoch, RunRules commands, Faults faults) {}
