/** Turns settings into running services: which there are, what each understands, where a local one keeps its files. */
@NullMarked
package io.freshet.cli.services;

import org.jspecify.annotations.NullMarked;
