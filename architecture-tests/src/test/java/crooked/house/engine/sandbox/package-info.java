/** Part of a house that breaks the rules on purpose. */
@NullMarked
package crooked.house.engine.sandbox;

import org.jspecify.annotations.NullMarked;
