/** Runs programs of other languages against a stack, for tests of this module and of others. */
@NullMarked
package io.freshet.local.foreign;

import org.jspecify.annotations.NullMarked;
