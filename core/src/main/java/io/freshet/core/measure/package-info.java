/** Outcomes of predictions into figures of how well a model learns, keeps and is calibrated. Pure. */
@NullMarked
package io.freshet.core.measure;

import org.jspecify.annotations.NullMarked;
