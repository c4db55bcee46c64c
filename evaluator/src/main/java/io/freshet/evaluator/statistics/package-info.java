/**
 * Outcomes of paired comparisons into evidence: e-values, intervals, levels and quality figures. Pure arithmetic on counters
 * that can be stored and folded further; knows nothing of Kafka or of models.
 */
@NullMarked
package io.freshet.evaluator.statistics;

import org.jspecify.annotations.NullMarked;
