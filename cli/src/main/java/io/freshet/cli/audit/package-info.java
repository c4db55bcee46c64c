/** Turns the topics of a model into what an auditor wants to know: why a checkpoint reigns, and whether that can be recomputed. */
@NullMarked
package io.freshet.cli.audit;

import org.jspecify.annotations.NullMarked;
