/** Examples into the side of the held-out split that they are on: for the service that splits, and for those that must not learn from the other side. */
@NullMarked
package io.freshet.schemas.split;

import org.jspecify.annotations.NullMarked;
