/** Part of a house that breaks the rules on purpose. */
@NullMarked
package crooked.house.util;

import org.jspecify.annotations.NullMarked;
