/** Part of a house that breaks the rules on purpose. */
@NullMarked
package crooked.house.cli;

import org.jspecify.annotations.NullMarked;
